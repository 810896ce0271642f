using System.Net.Sockets;
using Kera.Base.Store;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using MimeKit.Text;
using NodaTime;

namespace Kera.Base.Outbox;

/// <summary>Sends mail by SMTP, or writes it into a folder.</summary>
internal static class MailTransport
{
    /// <summary>The way that the settings name; null where they name none.</summary>
    public static Transport? Of(MailSettings settings, IClock clock)
    {
        settings.Check();
        var domain = settings.From[(settings.From.LastIndexOf('@') + 1)..];
        return settings switch
        {
            { Host.Length: > 0 } => new Transport(OutboxChannel.Mail, domain, (message, cancellation) => SendAsync(settings, Compose(settings, clock, message), cancellation)),
            { Directory.Length: > 0 } => new Transport(OutboxChannel.Mail, domain, (message, cancellation) => DropAsync(settings, message.Id, Compose(settings, clock, message), cancellation)),
            _ => null,
        };
    }

    private static MimeMessage Compose(MailSettings settings, IClock clock, OutgoingMessage message)
    {
        var mail = new MimeMessage
        {
            MessageId = $"{message.Id}@{message.Domain}",
            Date = clock.GetCurrentInstant().ToDateTimeOffset(),
            Subject = message.Subject,
            Body = Body(message),
        };
        mail.From.Add(new MailboxAddress(settings.Name, settings.From));
        mail.To.Add(new MailboxAddress("", message.Recipient));
        // Absence notes are not answered to a machine.
        mail.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return mail;
    }

    // The words first: who reads no calendars has them, and a program that does finds its part by type.
    private static MimeEntity Body(OutgoingMessage message)
    {
        var words = new TextPart(TextFormat.Plain) { Text = message.Body };
        if (message.Calendar.Length == 0)
        {
            return words;
        }

        var calendar = new TextPart("calendar") { Text = message.Calendar, ContentDisposition = new ContentDisposition(ContentDisposition.Attachment) { FileName = "kera.ics" } };
        calendar.ContentType.Parameters["method"] = message.Calendar.Contains("\r\nMETHOD:CANCEL\r\n", StringComparison.Ordinal) ? "CANCEL" : "PUBLISH";
        return new Multipart("mixed") { words, calendar };
    }

    private static async Task<SendOutcome> SendAsync(MailSettings settings, MimeMessage mail, CancellationToken cancellation)
    {
        using (mail)
        using (var client = new SmtpClient())
        {
            try
            {
                await client.ConnectAsync(settings.Host, settings.Port, Security(settings), cancellation);
                if (settings.User.Length > 0)
                {
                    await client.AuthenticateAsync(settings.User, settings.Password, cancellation);
                }

                await client.SendAsync(mail, cancellation);
            }
            catch (SmtpCommandException refused)
            {
                return Outcome(refused);
            }
            catch (AuthenticationException)
            {
                return SendOutcome.Away("The mail server does not accept the user and password of the settings.");
            }
            catch (SslHandshakeException)
            {
                return SendOutcome.Away("TLS with the mail server failed: its certificate is not valid, or it speaks no TLS on this port.");
            }
            catch (Exception failure) when (failure is SocketException or IOException or SmtpProtocolException or ServiceNotConnectedException or NotSupportedException)
            {
                return failure is NotSupportedException
                    ? SendOutcome.Away("The mail server lacks what the settings ask for: STARTTLS, or a way to sign in.")
                    : SendOutcome.Away("The mail server cannot be reached.");
            }

            // It has the mail: how the talk ends changes nothing.
            await QuitAsync(client, cancellation);
            return SendOutcome.Sent;
        }
    }

    private static SendOutcome Outcome(SmtpCommandException refused)
    {
        var code = (int)refused.StatusCode;
        return refused.ErrorCode switch
        {
            SmtpErrorCode.SenderNotAccepted => SendOutcome.Away($"The mail server does not accept the sender of the settings ({code})."),
            SmtpErrorCode.RecipientNotAccepted when code >= 500 => SendOutcome.Refused($"The mail server refuses the recipient ({code})."),
            SmtpErrorCode.MessageNotAccepted when code >= 500 => SendOutcome.Refused($"The mail server refuses the message ({code})."),
            _ => SendOutcome.Later($"The mail server asks to come again ({code})."),
        };
    }

    private static async Task QuitAsync(SmtpClient client, CancellationToken cancellation)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancellation);
        }
        catch (Exception failure) when (failure is IOException or SocketException or ProtocolException or OperationCanceledException or CommandException)
        {
            // It hung up first.
        }
    }

    private static SecureSocketOptions Security(MailSettings settings) => settings.Tls switch
    {
        "none" => SecureSocketOptions.None,
        "implicit" => SecureSocketOptions.SslOnConnect,
        "start" => SecureSocketOptions.StartTls,
        _ => settings.Port == 465 ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTls,
    };

    private static async Task<SendOutcome> DropAsync(MailSettings settings, string id, MimeMessage mail, CancellationToken cancellation)
    {
        using (mail)
        {
            try
            {
                Directory.CreateDirectory(settings.Directory);
                var file = Path.Combine(settings.Directory, id + ".eml");
                // Whoever looks at the folder sees whole mails only.
                await mail.WriteToAsync(file + ".tmp", cancellation);
                File.Move(file + ".tmp", file, overwrite: true);
                return SendOutcome.Sent;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                return SendOutcome.Away("The folder of Mail:Directory cannot be written.");
            }
        }
    }
}
