using Kera.Base.Store;
using MimeKit;
using NodaTime;

namespace Kera.Base.Outbox;

/// <summary>A message that cannot be sent as it is.</summary>
/// <param name="field">Which of its fields is wrong.</param>
/// <param name="sentence">What is wrong and what would be right; without the field's content, which may be personal.</param>
public sealed class MessageException(string field, string sentence) : Exception(sentence)
{
    /// <summary>Which of its fields is wrong.</summary>
    public string Field { get; } = field;
}

/// <summary>A message to be sent: a mail, a call of a webhook, or a text message. Made by its three functions, which check it.</summary>
public sealed record Message
{
    private const int LongestBody = 200_000;
    private const int LongestText = 1_000;

    private Message(OutboxChannel channel, string recipient, string subject, string body) =>
        (Channel, Recipient, Subject, Body) = (channel, recipient, subject, body);

    internal OutboxChannel Channel { get; }

    internal string Recipient { get; }

    internal string Subject { get; }

    internal string Body { get; }

    /// <summary>The number of the person's agent it is to; then it goes when they are erased. Null for an office or a machine.</summary>
    public int? PersonId { get; init; }

    /// <summary>The calendar file that a mail carries: iCalendar, with its METHOD; null for none.</summary>
    public string? Calendar { get; init; }

    /// <summary>How long it is tried to be sent; after that it would be of no use, or confuse. A code to sign in is of minutes, a notice of days.</summary>
    public Duration Lifetime { get; init; } = Duration.FromDays(3);

    /// <summary>A mail of plain text.</summary>
    /// <param name="to">One address, <c>name@example.org</c>; a mail to several is several messages, so that none shows the others.</param>
    /// <param name="subject">One line, at most 200 characters.</param>
    /// <param name="text">At most 200,000 characters.</param>
    /// <exception cref="MessageException">A field is empty, too long, no address, or has control characters.</exception>
    public static Message Mail(string to, string subject, string text)
    {
        OneLine("to", to, 320);
        OneLine("subject", subject, 200);
        Words("text", text, LongestBody);
        return IsAddress(to) ? new Message(OutboxChannel.Mail, to, subject, text) : throw new MessageException("to", "This is no mail address. Give one as name@example.org.");
    }

    /// <summary>A call of a webhook: a POST of JSON, signed.</summary>
    /// <param name="url">Where to; https.</param>
    /// <param name="json">What; JSON of at most 200,000 characters, which is sent as it is.</param>
    /// <exception cref="MessageException">The URL is none, or names a user, or the JSON is empty or too long.</exception>
    public static Message Webhook(string url, string json)
    {
        OneLine("url", url, 2_000);
        Words("json", json, LongestBody);
        return Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" && address.UserInfo.Length == 0
            ? new Message(OutboxChannel.Webhook, address.AbsoluteUri, "", json)
            : throw new MessageException("url", "This is no URL of a webhook. Give one as https://example.org/hook, without a user or password in it.");
    }

    /// <summary>A text message to a telephone.</summary>
    /// <param name="number">International: a plus and 6 to 15 digits.</param>
    /// <param name="text">At most 1,000 characters; the gateway cuts it into parts.</param>
    /// <exception cref="MessageException">The number is none, or the text is empty, too long or has control characters.</exception>
    public static Message Text(string number, string text)
    {
        Words("text", text, LongestText);
        return number.Length is >= 7 and <= 16 && number[0] == '+' && number.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0
            ? new Message(OutboxChannel.Text, number, "", text)
            : throw new MessageException("number", "This is no telephone number. Give it internationally, as +358401234567.");
    }

    /// <summary>Whether a text is exactly one mail address, without a name, a group or anything to the left or right.</summary>
    public static bool IsAddress(string text) =>
        !text.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter)) && MailboxAddress.TryParse(text, out var mailbox) && mailbox.Address == text && mailbox.Route.Count == 0
        && text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at == text.LastIndexOf('@') && at < text.Length - 1;

    /// <summary>What goes into a header has no line's end, or whoever wrote it could write headers of their own.</summary>
    private static void OneLine(string field, string value, int most)
    {
        if (string.IsNullOrWhiteSpace(value) || value.Length > most || value.Any(IsBreak))
        {
            throw new MessageException(field, $"One line of 1 to {most} characters is needed, without control characters.");
        }
    }

    // Line and paragraph separators end lines for some readers, and are no control characters.
    private static bool IsBreak(char letter) => char.IsControl(letter) || letter is '\u2028' or '\u2029';

    private static void Words(string field, string value, int most)
    {
        if (string.IsNullOrWhiteSpace(value) || value.Length > most || value.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t')))
        {
            throw new MessageException(field, $"A text of 1 to {most:N0} characters is needed, without control characters other than line ends and tabs.");
        }
    }
}
