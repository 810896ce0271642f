using System.Text;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Notices;
using Kera.Base.Outbox;
using Kera.Base.Store;
using Kera.Base.Ui;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;
using NodaTime.Calendars;

namespace Kera.Base.Letters;

/// <summary>Whom a letter is for, and of when.</summary>
/// <param name="Page">Its language, texts and formats.</param>
/// <param name="Monday">The first day of its week; it tells of the week before and of the time to come.</param>
/// <param name="Now">The moment it is written.</param>
/// <param name="AgentId">The person; null for the letter that hangs on a wall.</param>
/// <param name="Services">What parts read from.</param>
public sealed record LetterContext(PageContext Page, LocalDate Monday, Instant Now, int? AgentId, IServiceProvider Services);

/// <summary>A line of a letter.</summary>
/// <param name="Text">What it says, with soft hyphens or without.</param>
/// <param name="Path">The page that tells more, after the language; empty for none.</param>
public sealed record LetterLine(string Text, string Path = "");

/// <summary>What a part says.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Lines">What stands below; at least one.</param>
public sealed record LetterContent(string Title, IReadOnlyList<LetterLine> Lines);

/// <summary>A part of the week's letter. A feature registers its own in the service collection.</summary>
/// <param name="Order">Its place; lower comes first.</param>
/// <param name="Build">What it says to whom; null where it has nothing to say.</param>
public sealed record LetterPart(int Order, Func<LetterContext, CancellationToken, Task<LetterContent?>> Build);

/// <summary>A letter, ready to be shown, printed or mailed.</summary>
/// <param name="Week">The week's number in ISO 8601.</param>
/// <param name="Monday">The first day of the week.</param>
/// <param name="Parts">What it says.</param>
public sealed record Letter(int Week, LocalDate Monday, IReadOnlyList<LetterContent> Parts);

/// <summary>The week's letter: one page of what was and what comes, for those who read paper or mail.</summary>
public sealed class WeekLetter(IServiceProvider services, KeraStore store, OutboxQueue outbox, NoticeBoard notices, SiteAddress site, IClock clock, DateTimeZone zone)
{
    /// <summary>The purpose of a consent to get the letter by mail.</summary>
    public const string Purpose = "letter.week";

    /// <summary>Where everyone's letter is, after the language.</summary>
    public const string Path = "/week";

    /// <summary>Where one's own is, after the language.</summary>
    public const string MyPath = "/my/letter";

    /// <summary>Writes the letter of this week.</summary>
    /// <param name="page">Its language.</param>
    /// <param name="agentId">For whom; null for everyone.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<Letter> ComposeAsync(PageContext page, int? agentId, CancellationToken cancellation = default)
    {
        var now = clock.GetCurrentInstant();
        var monday = Monday(now);
        await using var scope = services.CreateAsyncScope();
        var context = new LetterContext(page, monday, now, agentId, scope.ServiceProvider);
        var parts = new List<LetterContent>();
        foreach (var part in services.GetServices<LetterPart>().OrderBy(part => part.Order))
        {
            if (await part.Build(context, cancellation) is { Lines.Count: > 0 } content)
            {
                parts.Add(content);
            }
        }

        return new Letter(WeekYearRules.Iso.GetWeekOfWeekYear(monday), monday, parts);
    }

    /// <summary>
    /// Mails this week's letter to everyone who agreed and has not got it: each letter is written in one transaction with the
    /// note that it was sent, so that a run which ends in the middle goes on with the next and repeats none.
    /// </summary>
    /// <returns>How many were written.</returns>
    public async Task<int> SendAsync(CancellationToken cancellation = default)
    {
        var now = clock.GetCurrentInstant();
        var (micros, week) = (DistrictCalendar.ToMicroseconds(now), Once(Monday(now)));
        await using var db = store.OpenContext();
        var people = await db.Consents
            .Where(row => row.Purpose == Purpose && row.Withdrawn == null && row.Ends > micros && !db.Notices.Any(notice => notice.AgentId == row.AgentId && notice.Once == week))
            .Select(row => row.AgentId).Distinct().ToListAsync(cancellation);
        var written = 0;
        foreach (var person in people)
        {
            db.ChangeTracker.Clear();
            if (await NoticeBoard.AddressAsync(db, person, cancellation) is not { } to)
            {
                continue;
            }

            var page = PageIn(to.Language);
            var letter = await ComposeAsync(page, person, cancellation);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            if (await notices.EnterAsync(db, person, new NewNotice("letter.week", new Dictionary<string, string> { ["week"] = Week(letter) }, MyPath, week), cancellation))
            {
                outbox.Add(db, Message.Mail(to.Email, Texts.WithoutSoftHyphens(page.Texts.Format("mail.letter.subject", ("week", Week(letter)))), TextOf(letter, page)) with { PersonId = person });
                await db.SaveChangesAsync(cancellation);
                written++;
            }

            await transaction.CommitAsync(cancellation);
        }

        return written;
    }

    /// <summary>The letter as the text of a mail.</summary>
    private string TextOf(Letter letter, PageContext page)
    {
        var text = new StringBuilder();
        foreach (var part in letter.Parts)
        {
            text.AppendLine(part.Title).AppendLine(new string('-', Texts.WithoutSoftHyphens(part.Title).Length));
            foreach (var line in part.Lines)
            {
                text.Append("- ").AppendLine(line.Text);
                if (line.Path.Length > 0)
                {
                    text.Append("  ").AppendLine(site.Url(page.Language, line.Path));
                }
            }

            text.AppendLine();
        }

        return Texts.WithoutSoftHyphens(text.AppendLine(page.Texts.Format("mail.letter.why", ("address", site.Url(page.Language, NoticeBoard.InboxPath)))).ToString());
    }

    private PageContext PageIn(Language language) => new(
        language,
        MyPath,
        "",
        [.. services.GetServices<NavigationEntry>().OrderBy(entry => entry.Order)],
        [.. services.GetServices<FooterEntry>().OrderBy(entry => entry.Order)],
        [],
        [],
        services.GetRequiredService<IOptions<UiOptions>>().Value,
        site.Root);

    private LocalDate Monday(Instant now) => now.InZone(zone).Date is var today && today.DayOfWeek == IsoDayOfWeek.Monday ? today : today.Previous(IsoDayOfWeek.Monday);

    private static string Week(Letter letter) => letter.Week.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Once(LocalDate monday) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"letter {WeekYearRules.Iso.GetWeekYear(monday)}-{WeekYearRules.Iso.GetWeekOfWeekYear(monday)}");
}
