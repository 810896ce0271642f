using System.Net;
using Kera.Base.Hosting;

namespace Kera.Base.Outbox;

/// <summary>How mail is sent: by a server, or, to look at it, into a folder.</summary>
public sealed class MailSettings
{
    /// <summary>The server's name; empty where there is none.</summary>
    public string Host { get; set; } = "";

    /// <summary>Its port: 587, or 465 for TLS from the first byte on.</summary>
    public int Port { get; set; } = 587;

    /// <summary>The address that mails come from.</summary>
    public string From { get; set; } = "";

    /// <summary>The name that stands before it; empty for none.</summary>
    public string Name { get; set; } = "";

    /// <summary>Who signs in at the server; empty where nobody does.</summary>
    public string User { get; set; } = "";

    /// <summary>Their password.</summary>
    public string Password { get; set; } = "";

    /// <summary><c>start</c> (STARTTLS, or nothing is sent), <c>implicit</c> or <c>none</c>; empty for what the port says.</summary>
    public string Tls { get; set; } = "";

    /// <summary>A folder into which mails are written as .eml files instead: for development and the demonstration.</summary>
    public string Directory { get; set; } = "";

    /// <summary>Whether there is a way.</summary>
    internal bool Sends => Host.Length > 0 || Directory.Length > 0;

    internal void Check()
    {
        if (!Sends)
        {
            return;
        }

        if (Host.Length > 0 && Directory.Length > 0)
        {
            throw new SettingException("Mail", "Mail goes either to a server (Mail:Host) or into a folder (Mail:Directory). Take one away.");
        }

        if (!Message.IsAddress(From))
        {
            throw new SettingException("Mail:From", $"'{From}' is no mail address. Give the one that mails come from, as kera@example.org.");
        }

        if (Name.Any(char.IsControl) || Name.Length > 100)
        {
            throw new SettingException("Mail:Name", "A name is one line of at most 100 characters.");
        }

        if (Host.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter)) || Port is < 1 or > 65_535)
        {
            throw new SettingException("Mail:Host", "This is no server. Give a name in Mail:Host and a port from 1 to 65535 in Mail:Port.");
        }

        if (Tls is not ("" or "start" or "implicit" or "none"))
        {
            throw new SettingException("Mail:Tls", $"'{Tls}' is no way. Use start, implicit or none.");
        }

        if (Tls == "none" && User.Length > 0 && !(Host == "localhost" || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address))))
        {
            throw new SettingException("Mail:Tls", "Without TLS the password would go over the network in the clear. Use start or implicit, or no user.");
        }
    }
}

/// <summary>How webhooks are called.</summary>
public sealed class WebhookSettings
{
    /// <summary>The secret from which each receiver's own key is made, at least 32 characters; empty where no webhooks are called.</summary>
    public string Secret { get; set; } = "";

    /// <summary>Whether addresses inside (private, of this machine) may be called, and over http too: for development, or receivers beside Kera.</summary>
    public bool AllowPrivate { get; set; }

    internal void Check()
    {
        if (Secret.Length is > 0 and < 32)
        {
            throw new SettingException("Webhooks:Secret", "A secret needs at least 32 characters, as 'openssl rand -hex 32' gives.");
        }
    }
}

/// <summary>How text messages are sent: by one POST to a gateway.</summary>
public sealed class TextSettings
{
    /// <summary>The gateway's address; empty where there is none.</summary>
    public string Url { get; set; } = "";

    /// <summary>The header by which Kera signs in, as the gateway wants it: <c>Bearer …</c> or <c>Basic …</c>.</summary>
    public string Authorization { get; set; } = "";

    /// <summary>The sender that telephones show.</summary>
    public string From { get; set; } = "";

    /// <summary>What is posted: JSON in which {to}, {from}, {text} and {id} are replaced, each inside quotes.</summary>
    public string Body { get; set; } = """{"to":"{to}","from":"{from}","text":"{text}","id":"{id}"}""";

    internal void Check()
    {
        if (Url.Length > 0 && (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")))
        {
            throw new SettingException("Text:Url", $"'{Url}' is no address of a gateway. Give one as https://sms.example.org/send.");
        }

        if (Authorization.Any(char.IsControl))
        {
            throw new SettingException("Text:Authorization", "A header is one line.");
        }

        try
        {
            using var parsed = System.Text.Json.JsonDocument.Parse(Body);
        }
        catch (System.Text.Json.JsonException mistake)
        {
            throw new SettingException("Text:Body", $"This is no JSON: {mistake.Message}");
        }
    }
}
