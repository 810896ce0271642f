using Kera.Base.Hosting;
using Kera.Base.Outbox;
using Kera.Base.Requests;
using Kera.Base.Ui;
using NodaTime;

namespace Kera.Base.Accounts;

/// <summary>The mails about accounts: codes, and what its owner should know. Their links come from the settings, never from a request.</summary>
public sealed class CodeMails(SiteAddress site)
{
    /// <summary>The mail of an invitation.</summary>
    /// <param name="email">To whom.</param>
    /// <param name="language">In which language.</param>
    /// <param name="code">The code.</param>
    /// <exception cref="Access.AccessException">It is no address.</exception>
    public Message Invitation(string email, Language language, string code) =>
        Of(email, language, code, "mail.invitation.subject", "mail.invitation.text") with { Lifetime = Duration.FromDays(3) };

    /// <summary>The mail of a code for a new password.</summary>
    /// <param name="account">Whose password.</param>
    /// <param name="code">The code.</param>
    /// <param name="lasting">How long the code can be used; the mail is of no use after it.</param>
    /// <exception cref="Access.AccessException">The account has no address that mail could reach.</exception>
    public Message Password(AccountDescription account, string code, Duration lasting) =>
        Of(account.Email, LanguageOf(account), code, "mail.password.subject", "mail.password.text") with { PersonId = account.AgentId, Lifetime = lasting };

    /// <summary>The mail to an account's former address, that there is another now; null where none could be sent.</summary>
    /// <param name="account">The account as it was.</param>
    public Message? Moved(AccountDescription account)
    {
        if (!Message.IsAddress(account.Email))
        {
            return null;
        }

        var language = LanguageOf(account);
        var texts = Texts.For(language);
        return Message.Mail(account.Email, texts.Plain("mail.moved.subject"), Texts.WithoutSoftHyphens(texts.Format("mail.moved.text", ("address", site.Url(language, RequestBook.FormPath)))) + "\n") with { PersonId = account.AgentId };
    }

    private static Language LanguageOf(AccountDescription account) => Language.TryFind(account.Language, out var language) ? language : Language.Finnish;

    private Message Of(string email, Language language, string code, string subject, string text)
    {
        if (!Message.IsAddress(email))
        {
            throw new Access.AccessException("email", "This is no e-mail address. Write it as name@example.org, or leave it empty.", "account.error.email");
        }

        var texts = Texts.For(language);
        var link = site.Url(language, AccountExtensions.JoinPath);
        return Message.Mail(email, texts.Plain(subject), Texts.WithoutSoftHyphens(texts.Format(text, ("code", code), ("address", link), ("link", $"{link}?code={code}"))) + "\n");
    }
}
