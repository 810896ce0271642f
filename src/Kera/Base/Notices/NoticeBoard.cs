using System.Text.Json;
using System.Text.Json.Nodes;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Base.Jobs;
using Kera.Base.Ledger;
using Kera.Base.Outbox;
using Kera.Base.People;
using Kera.Base.Store;
using Kera.Base.Ui;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace Kera.Base.Notices;

/// <summary>Something to tell a person.</summary>
/// <param name="Kind">What, as a word of whoever tells it; the sentence is the text <c>notice.{Kind}</c>.</param>
/// <param name="Values">
/// What fills the sentence's places; nothing that must not be mailed. A <see cref="Day"/> is a date and a <see cref="Moment"/> an instant in
/// ISO 8601, and written as the reader's language does. What is called otherwise in each language comes once for each, as <c>space.fi</c>,
/// <c>space.sv</c> and <c>space.en</c>: see <see cref="InAll"/>.
/// </param>
/// <param name="Path">The page that it leads to, after the language; empty for none.</param>
/// <param name="Once">By which the same is told once only, however often it is added; null where it cannot come twice.</param>
public sealed record NewNotice(string Kind, IReadOnlyDictionary<string, string> Values, string Path, string? Once = null)
{
    /// <summary>The name of a value that is a date.</summary>
    public const string Day = "day";

    /// <summary>The name of a value that is an instant.</summary>
    public const string Moment = "moment";

    /// <summary>The calendar file that the mail of it carries, in the reader's language; null for none.</summary>
    public Func<Language, string>? Calendar { get; init; }

    /// <summary>The values of something with a name in each language.</summary>
    public static IEnumerable<KeyValuePair<string, string>> InAll(string name, LocalizedText text) =>
        Language.All.Select(language => KeyValuePair.Create($"{name}.{language.Code}", Texts.WithoutSoftHyphens(text.In(language.Code))));
}

/// <summary>Something that a person was told.</summary>
public sealed record Notice(long Id, string Kind, IReadOnlyDictionary<string, string> Values, string Path, Instant At, bool IsNew)
{
    /// <summary>What it says.</summary>
    public string Sentence(PageContext page) => SentenceOf(Kind, Values, page.Language, page.Formats);

    internal static string SentenceOf(string kind, IReadOnlyDictionary<string, string> values, Language language, Formats formats)
    {
        var written = new Dictionary<string, string>();
        foreach (var (name, value) in values)
        {
            if (name == NewNotice.Day)
            {
                written[name] = formats.Date(LocalDatePattern.Iso.Parse(value).Value);
            }
            else if (name == NewNotice.Moment)
            {
                written[name] = formats.Moment(InstantPattern.General.Parse(value).Value);
            }
            else if (name.EndsWith("." + language.Code, StringComparison.Ordinal))
            {
                written[name[..name.LastIndexOf('.')]] = value;
            }
            else
            {
                written[name] = value;
            }
        }

        return Texts.For(language).FormatStored("notice", kind, written);
    }
}

/// <summary>What people are told: in one inbox, and by mail where they agreed to it.</summary>
public sealed class NoticeBoard(KeraStore store, OutboxQueue outbox, SiteAddress site, IClock clock, DateTimeZone zone)
{
    /// <summary>The purpose of a consent to get each notice by mail.</summary>
    public const string MailPurpose = "mail.notice";

    /// <summary>Where a person's notices are, after the language.</summary>
    public const string InboxPath = "/my/inbox";

    /// <summary>What was told is kept for a year.</summary>
    public static RetentionRule Retention { get; } = new("notices", Days: 365, static (db, before, cancellation) =>
    {
        var end = DistrictCalendar.ToMicroseconds(before);
        return db.Notices.Where(row => row.At < end).ExecuteDeleteAsync(cancellation);
    });

    /// <summary>A person's notices go with them.</summary>
    public static ErasureRule Erasure { get; } = new("notice", static (db, person, cancellation) => db.Notices.Where(row => row.AgentId == person.AgentId).ExecuteDeleteAsync(cancellation));

    /// <summary>A person's notices in their export.</summary>
    public static PersonalDataPart Part { get; } = new("notices", ExportAsync, static (_, _, _) => Task.FromResult<string?>(null));

    /// <summary>
    /// Adds a notice, and the mail of it where the person agreed to mails, to a context; both are there once the caller has
    /// saved and committed, or neither.
    /// </summary>
    /// <param name="db">The caller's context, in a transaction.</param>
    /// <param name="agentId">Whom to tell.</param>
    /// <param name="notice">What.</param>
    /// <param name="cancellation">Stops before anything is added.</param>
    /// <returns>Whether it is new: one that was told before by its <see cref="NewNotice.Once"/> is not told again.</returns>
    public async Task<bool> AddAsync(KeraDb db, int agentId, NewNotice notice, CancellationToken cancellation = default) => await AddAsync(db, [(agentId, notice)], cancellation) > 0;

    /// <summary>Adds several notices, as the one for one.</summary>
    /// <returns>How many of them are new.</returns>
    public async Task<int> AddAsync(KeraDb db, IReadOnlyList<(int AgentId, NewNotice Notice)> several, CancellationToken cancellation = default)
    {
        if (several.Count == 0)
        {
            return 0;
        }

        var now = DistrictCalendar.ToMicroseconds(clock.GetCurrentInstant());
        int[] people = [.. several.Select(each => each.AgentId).Distinct()];
        string[] once = [.. several.Select(each => each.Notice.Once).OfType<string>()];
        // Both questions in one message to the database: what was told, and who agreed to mails.
        var answers = await db.Notices.Where(row => people.Contains(row.AgentId) && once.Contains(row.Once)).Select(row => new { row.AgentId, row.Once })
            .Concat(db.Consents.Where(row => people.Contains(row.AgentId) && row.Purpose == MailPurpose && row.Withdrawn == null && row.Ends > now).Select(row => new { row.AgentId, Once = (string?)null }))
            .ToListAsync(cancellation);
        var told = answers.Where(answer => answer.Once is not null).Select(answer => (answer.AgentId, answer.Once)).ToHashSet();
        var mailed = answers.Where(answer => answer.Once is null).Select(answer => answer.AgentId).ToHashSet();
        var added = 0;
        foreach (var (agentId, notice) in several)
        {
            if (notice.Once is not null && !told.Add((agentId, notice.Once)))
            {
                continue;
            }

            added++;
            Enter(db, agentId, notice);
            if (mailed.Contains(agentId) && await AddressAsync(db, agentId, cancellation) is { } to)
            {
                AddMail(db, agentId, notice, to.Email, to.Language);
            }
        }

        return added;
    }

    /// <summary>Adds a notice to a context without a mail, where the caller sends its own.</summary>
    /// <returns>Whether it is new.</returns>
    public async Task<bool> EnterAsync(KeraDb db, int agentId, NewNotice notice, CancellationToken cancellation = default)
    {
        if (await Told(db, agentId, notice).AnyAsync(cancellation))
        {
            return false;
        }

        Enter(db, agentId, notice);
        return true;
    }

    private void AddMail(KeraDb db, int agentId, NewNotice notice, string address, Language language)
    {
        var texts = Texts.For(language);
        var sentence = Texts.WithoutSoftHyphens(Notice.SentenceOf(notice.Kind, notice.Values, language, new Formats(language, zone)));
        outbox.Add(db, Message.Mail(address, OneLine(sentence), $"{sentence}\n{(notice.Path.Length == 0 ? "" : site.Url(language, notice.Path) + "\n")}\n{Texts.WithoutSoftHyphens(texts.Format("mail.notice.why", ("address", site.Url(language, InboxPath))))}\n") with
        {
            PersonId = agentId,
            Calendar = notice.Calendar?.Invoke(language),
        });
    }

    private void Enter(KeraDb db, int agentId, NewNotice notice) =>
        db.Notices.Add(new NoticeRow
        {
            AgentId = agentId,
            Kind = notice.Kind,
            Values = JsonSerializer.Serialize(notice.Values),
            Path = notice.Path,
            Once = notice.Once,
            At = DistrictCalendar.ToMicroseconds(clock.GetCurrentInstant()),
        });

    // The same as told before; a notice that cannot come twice was not.
    private static IQueryable<NoticeRow> Told(KeraDb db, int agentId, NewNotice notice) =>
        db.Notices.Where(row => notice.Once != null && row.AgentId == agentId && row.Once == notice.Once);

    /// <summary>Where mail to a person goes, and in which language; null where they have no account or gave no address.</summary>
    public static async Task<(string Email, Language Language)?> AddressAsync(KeraDb db, int agentId, CancellationToken cancellation = default) =>
        await db.Accounts.AsNoTracking().Where(row => row.AgentId == agentId)
            .Join(db.Persons, account => account.AgentId, person => person.AgentId, (account, person) => new { account.Language, person.Email })
            .SingleOrDefaultAsync(cancellation) is { } known && Message.IsAddress(known.Email)
                ? (known.Email, Language.TryFind(known.Language, out var language) ? language : Language.Finnish)
                : null;

    /// <summary>What a person was told, the newest first.</summary>
    /// <param name="agentId">The person.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="before">Only what was told before this one; null for the newest.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<IReadOnlyList<Notice>> ListAsync(int agentId, int limit, long? before = null, CancellationToken cancellation = default)
    {
        await using var db = store.OpenContext();
        var rows = await db.Notices.AsNoTracking().Where(row => row.AgentId == agentId && (before == null || row.Id < before)).OrderByDescending(row => row.Id).Take(limit).ToListAsync(cancellation);
        return [.. rows.Select(row => new Notice(row.Id, row.Kind, JsonSerializer.Deserialize<Dictionary<string, string>>(row.Values)!, row.Path, DistrictCalendar.ToInstant(row.At), row.Seen is null))];
    }

    /// <summary>How many a person has not seen.</summary>
    public async Task<int> CountNewAsync(int agentId, CancellationToken cancellation = default)
    {
        await using var db = store.OpenContext();
        return await db.Notices.CountAsync(row => row.AgentId == agentId && row.Seen == null, cancellation);
    }

    /// <summary>A person has seen one of their notices, or, without a number, all of them.</summary>
    /// <returns>The page that the one leads to; null where it is not theirs, or for all.</returns>
    public async Task<string?> SeeAsync(int agentId, long? id, CancellationToken cancellation = default)
    {
        await using var db = store.OpenContext();
        var now = DistrictCalendar.ToMicroseconds(clock.GetCurrentInstant());
        var own = db.Notices.Where(row => row.AgentId == agentId && (id == null || row.Id == id));
        await own.Where(row => row.Seen == null).ExecuteUpdateAsync(set => set.SetProperty(row => row.Seen, now), cancellation);
        return id is null ? null : await own.Select(row => row.Path).SingleOrDefaultAsync(cancellation);
    }

    /// <summary>A text as a mail's subject: its first 150 letters.</summary>
    internal static string OneLine(string text) => new([.. text.Select(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029' ? ' ' : letter).Take(150)]);

    private static async Task<JsonNode?> ExportAsync(KeraDb db, int agentId, CancellationToken cancellation)
    {
        var rows = await db.Notices.AsNoTracking().Where(row => row.AgentId == agentId).OrderBy(row => row.Id).ToListAsync(cancellation);
        return rows.Count == 0 ? null : new JsonArray([.. rows.Select(row => new JsonObject
        {
            ["kind"] = row.Kind,
            ["values"] = JsonNode.Parse(row.Values),
            ["at"] = InstantPattern.General.Format(DistrictCalendar.ToInstant(row.At)),
            ["seen"] = row.Seen is { } seen ? InstantPattern.General.Format(DistrictCalendar.ToInstant(seen)) : null,
        })]);
    }
}
