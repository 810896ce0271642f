using System.Text.Json.Nodes;
using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Hosting;
using Kera.Base.Jobs;
using Kera.Base.Ledger;
using Kera.Base.Notices;
using Kera.Base.Outbox;
using Kera.Base.People;
using Kera.Base.Store;
using Kera.Base.Ui;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace Kera.Base.Requests;

/// <summary>
/// What people ask of offices. Whoever waits sees who has it and by when it is answered; whoever has it is told of it, and told
/// again before its day and after it.
/// </summary>
public sealed class RequestBook(KeraStore store, IEnumerable<RequestKind> kinds, IEnumerable<HeldKind> heldKinds, NoticeBoard notices, OutboxQueue outbox, SiteAddress site, IClock clock, DateTimeZone zone)
{
    private const int LongestText = 5_000;
    private const int MostListed = 500;
    private static readonly Duration Warning = Duration.FromDays(3);

    /// <summary>Where anyone asks, after the language.</summary>
    public const string FormPath = "/feedback";

    /// <summary>Where who asked comes back with the code, after the language.</summary>
    public const string StatusPath = "/feedback/status";

    /// <summary>Where offices answer, after the language.</summary>
    public const string DeskPath = "/desk/requests";

    /// <summary>Where who keeps buildings answers, after the language.</summary>
    public static string KeeperDeskPathOf(string agent) => $"/keeper-desk/{Uri.EscapeDataString(agent)}";

    /// <summary>The registered kinds, in order.</summary>
    public IReadOnlyList<RequestKind> Kinds { get; } = [.. kinds.OrderBy(kind => kind.Order)];

    /// <summary>Requests are kept for two years after their answer.</summary>
    public static RetentionRule Retention { get; } = new("requests", Days: 730, static (db, before, cancellation) =>
    {
        var end = Micros(before);
        return DeleteAsync(db, db.Requests.Where(row => row.Answered < end), cancellation);
    });

    /// <summary>With a person goes what they asked, with an address what it was left with; who took a request is forgotten.</summary>
    public static ErasureRule Erasure { get; } = new("request", static async (db, person, cancellation) =>
    {
        var address = person.Email.ToLowerInvariant();
        await db.Requests.Where(row => row.TakenById == person.AgentId).ExecuteUpdateAsync(set => set.SetProperty(row => row.TakenById, (int?)null), cancellation);
        return await DeleteAsync(db, db.Requests.Where(row => row.AgentId == person.AgentId || (address != "" && row.Email == address)), cancellation);
    });

    /// <summary>What a person asked, in their export.</summary>
    public static PersonalDataPart Part { get; } = new("requests", ExportAsync, static (_, _, _) => Task.FromResult<string?>(null));

    /// <summary>Asks.</summary>
    /// <param name="request">What.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellation">Stops before anything is stored.</param>
    /// <returns>The number and the code by which to come back.</returns>
    /// <exception cref="AccessException">The kind is unknown, or a field is missing or too long.</exception>
    public async Task<IssuedRequest> AskAsync(NewRequest request, Actor actor, CancellationToken cancellation = default)
    {
        var kind = Kinds.FirstOrDefault(kind => kind.Key == request.Kind) ?? throw new AccessException("kind", "Choose what it is about.", "ask.error.kind");
        var text = TextOf("text", request.Text);
        var email = request.Email.Trim().ToLowerInvariant();
        if (email.Length > 0 && (email.Length > 320 || !Message.IsAddress(email)))
        {
            throw new AccessException("email", "This is no e-mail address. Write it as name@example.org, or leave it empty.", "account.error.email");
        }

        return await EnterAsync(
            new RequestRow { Kind = kind.Key, AgentId = request.AgentId, Email = email, Language = request.Language, Page = request.Page, Text = text },
            new RoleGrant(kind.Holder),
            kind.Days,
            actor,
            cancellation);
    }

    /// <summary>Asks a holder whom the asking feature names.</summary>
    /// <returns>The number and the code by which to come back.</returns>
    /// <exception cref="AccessException">The text is missing or too long.</exception>
    public Task<IssuedRequest> AskAsync(HeldRequest request, Actor actor, CancellationToken cancellation = default) => EnterAsync(
        new RequestRow { Kind = request.Kind, AgentId = request.AgentId, Language = request.Language, Text = TextOf("text", request.Text), Details = request.Details },
        request.Holder,
        request.Days,
        actor,
        cancellation);

    private async Task<IssuedRequest> EnterAsync(RequestRow row, RoleGrant holder, int days, Actor actor, CancellationToken cancellation)
    {
        var now = clock.GetCurrentInstant();
        var code = Codes.Make();
        (row.Hash, row.Created, row.Due, row.Holder) = (Codes.HashOf(code), Micros(now), Micros(DueOf(now, days)), holder.ToString());
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        db.Requests.Add(row);
        await db.SaveChangesAsync(cancellation);
        db.RequestSteps.Add(new RequestStepRow { RequestId = row.Id, At = Micros(now), Step = RequestStep.Received, Holder = row.Holder });
        await TellOfficeAsync(db, row, "request.new", "new", cancellation);
        Audit.Add(db, actor, now, "asked.add", $"request {row.Id}: {row.Kind}");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new IssuedRequest(row.Id, code);
    }

    /// <summary>The request of a code; null where there is none.</summary>
    public async Task<RequestView?> FindAsync(string code, CancellationToken cancellation = default)
    {
        var hash = Codes.HashOf(code);
        return (await ReadAsync(rows => rows.Where(row => row.Hash == hash), cancellation)).SingleOrDefault();
    }

    /// <summary>What a person asked, the newest first.</summary>
    public Task<IReadOnlyList<RequestView>> OfPersonAsync(int agentId, CancellationToken cancellation = default) =>
        ReadAsync(rows => rows.Where(row => row.AgentId == agentId).OrderByDescending(row => row.Id), cancellation);

    /// <summary>What offices have to answer, the most urgent first, or what they answered, the newest first.</summary>
    /// <param name="offices">Which offices.</param>
    /// <param name="answered">Whether those that are answered.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="skip">After so many.</param>
    /// <param name="only">Of these kinds; null for all.</param>
    /// <param name="cancellation">Stops.</param>
    public Task<IReadOnlyList<RequestView>> OfOfficesAsync(IEnumerable<RoleGrant> offices, bool answered, int limit, int skip = 0, IReadOnlyList<string>? only = null, CancellationToken cancellation = default) => ReadAsync(
        rows => (answered
            ? With(rows, offices, only).Where(row => row.Answered != null).OrderByDescending(row => row.Answered).ThenByDescending(row => row.Id)
            : With(rows, offices, only).Where(row => row.Answered == null).OrderBy(row => row.Due).ThenBy(row => row.Id)).Skip(skip).Take(limit),
        cancellation);

    /// <summary>How many offices have to answer, of some kinds or of all.</summary>
    public async Task<int> CountOpenAsync(IEnumerable<RoleGrant> offices, IReadOnlyList<string>? only = null, CancellationToken cancellation = default)
    {
        await using var db = store.OpenContext();
        return await With(db.Requests, offices, only).CountAsync(row => row.Answered == null, cancellation);
    }

    /// <summary>Somebody of the office takes it on.</summary>
    /// <exception cref="AccessException">It is another office's, or of another kind than those named, or answered.</exception>
    public Task TakeAsync(int id, IReadOnlyCollection<RoleGrant> offices, int byId, Actor actor, IReadOnlyList<string>? only = null, CancellationToken cancellation = default) => MoveAsync(id, offices, only, actor, RequestStep.Taken, row => row.TakenById = byId, null, cancellation);

    /// <summary>The office gives it to another office.</summary>
    /// <exception cref="AccessException">It is another office's, or answered, or has no such office to go to.</exception>
    public async Task PassOnAsync(int id, IReadOnlyCollection<RoleGrant> offices, Role to, Actor actor, CancellationToken cancellation = default)
    {
        if (!Permissions.May([new RoleGrant(to)], Operation.AnswerRequests))
        {
            throw new AccessException("to", "This office answers no requests.", "ask.error.office");
        }

        await MoveAsync(id, offices, null, actor, RequestStep.PassedOn, row => (row.Holder, row.TakenById) = (RoleGrant.WordOf(to), null), null, cancellation);
    }

    /// <summary>Answers: in the inbox of who asked, by mail where an address was left, and to whoever comes with the code.</summary>
    /// <exception cref="AccessException">It is another office's, or answered already, or the answer is missing or too long.</exception>
    public Task AnswerAsync(int id, IReadOnlyCollection<RoleGrant> offices, string answer, Actor actor, CancellationToken cancellation = default) => AnswerAsync(id, offices, answer, actor, null, null, cancellation);

    /// <summary>Answers, and does what the answer promises in the same transaction: both or neither.</summary>
    /// <param name="id">The request.</param>
    /// <param name="offices">Who answers.</param>
    /// <param name="answer">What.</param>
    /// <param name="actor">Who writes.</param>
    /// <param name="along">What is done with it; what it throws leaves the request as it was. Null for nothing.</param>
    /// <param name="only">Only a request of these kinds; null for any.</param>
    /// <param name="cancellation">Stops before anything is stored.</param>
    /// <exception cref="AccessException">It is another office's, or of another kind, or answered already, or the answer is missing or too long.</exception>
    public Task AnswerAsync(int id, IReadOnlyCollection<RoleGrant> offices, string answer, Actor actor, Func<KeraDb, CancellationToken, Task>? along, IReadOnlyList<string>? only, CancellationToken cancellation = default)
    {
        var text = TextOf("answer", answer);
        return MoveAsync(id, offices, only, actor, RequestStep.Answered, row => (row.Answer, row.Answered) = (text, Micros(clock.GetCurrentInstant())), along, cancellation);
    }

    /// <summary>Tells offices what must be answered within three days, and what is late; each once.</summary>
    public async Task RemindAsync(CancellationToken cancellation = default)
    {
        var now = clock.GetCurrentInstant();
        var soon = Micros(now + Warning);
        await using var db = store.OpenContext();
        foreach (var id in await db.Requests.Where(row => row.Answered == null && row.Due < soon).OrderBy(row => row.Due).Select(row => row.Id).ToListAsync(cancellation))
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            if (await db.Requests.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.Answered == null, cancellation) is { } row)
            {
                var late = row.Due < Micros(now);
                await TellOfficeAsync(db, row, late ? "request.late" : "request.due", late ? "late" : "due", cancellation);
                await db.SaveChangesAsync(cancellation);
            }

            await transaction.CommitAsync(cancellation);
        }
    }

    private static IQueryable<RequestRow> With(IQueryable<RequestRow> rows, IEnumerable<RoleGrant> offices, IReadOnlyList<string>? only)
    {
        var words = offices.Select(office => office.ToString()).ToList();
        var held = rows.Where(row => words.Contains(row.Holder));
        return only is null ? held : held.Where(row => only.Contains(row.Kind));
    }

    private async Task MoveAsync(int id, IReadOnlyCollection<RoleGrant> offices, IReadOnlyList<string>? only, Actor actor, RequestStep step, Action<RequestRow> change, Func<KeraDb, CancellationToken, Task>? along, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // Of two who move it at once the second waits here, and then finds what the first did.
        await db.Requests.Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Kind, row => row.Kind), cancellation);
        var row = await With(db.Requests, offices, only).SingleOrDefaultAsync(row => row.Id == id, cancellation)
            ?? throw new AccessException("request", "This request is not with your office. Somebody may have passed it on.", "ask.error.elsewhere");
        if (row.Answered is not null)
        {
            throw new AccessException("request", "This request has been answered already.", "ask.error.answered");
        }

        if (along is not null)
        {
            await along(db, cancellation);
        }

        change(row);
        var now = clock.GetCurrentInstant();
        db.RequestSteps.Add(new RequestStepRow { RequestId = id, At = Micros(now), Step = step, Holder = row.Holder });
        if (step == RequestStep.PassedOn)
        {
            await TellOfficeAsync(db, row, "request.new", $"passed {now.ToUnixTimeTicks()}", cancellation);
        }
        else if (step == RequestStep.Answered)
        {
            await TellAskerAsync(db, row, cancellation);
        }

        Audit.Add(db, actor, now, $"asked.{step.ToString().ToLowerInvariant()}", $"request {id}: {row.Holder}");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private async Task TellAskerAsync(KeraDb db, RequestRow row, CancellationToken cancellation)
    {
        var language = Language.TryFind(row.Language, out var found) ? found : Language.Finnish;
        if (row.AgentId is { } person)
        {
            var notice = new NewNotice("request.answered", new Dictionary<string, string> { ["number"] = Number(row.Id) }, "/my", $"request {row.Id} answered");
            // Who left an address gets the answer itself by mail, and not a mail that there is one.
            _ = row.Email.Length > 0 ? await notices.EnterAsync(db, person, notice, cancellation) : await notices.AddAsync(db, person, notice, cancellation);
        }

        if (row.Email.Length > 0)
        {
            var texts = Texts.For(language);
            outbox.Add(db, Message.Mail(
                row.Email,
                Texts.WithoutSoftHyphens(texts.Format("mail.answer.subject", ("number", Number(row.Id)))),
                $"{row.Answer}\n\n{Texts.WithoutSoftHyphens(texts["mail.answer.asked"])}\n\n> {row.Text.ReplaceLineEndings("\n> ")}\n\n{site.Url(language, "")}\n") with
            {
                PersonId = row.AgentId,
            });
        }
    }

    private async Task TellOfficeAsync(KeraDb db, RequestRow row, string kind, string once, CancellationToken cancellation)
    {
        var values = new Dictionary<string, string> { ["number"] = Number(row.Id), [NewNotice.Day] = LocalDatePattern.Iso.Format(LastDay(Moment(row.Due), zone)) };
        var office = OfficeOf(row.Holder);
        var word = RoleGrant.WordOf(office.Role);
        var agent = office.Agent is null ? null : await db.Agents.Where(agent => agent.Key == office.Agent).Select(agent => (int?)agent.Id).SingleAsync(cancellation);
        var desk = office.Agent is not { } partner ? DeskPath : heldKinds.FirstOrDefault(held => held.Key == row.Kind)?.DeskPathOf(partner) ?? KeeperDeskPathOf(partner);
        var people = await db.AccountRoles.Where(role => role.Role == word && role.AgentId == agent).Join(db.Accounts, role => role.AccountId, account => account.Id, (_, account) => account.AgentId).Distinct().ToListAsync(cancellation);
        foreach (var person in people)
        {
            await notices.AddAsync(db, person, new NewNotice(kind, values, desk, $"request {row.Id} {once}"), cancellation);
        }
    }

    private async Task<IReadOnlyList<RequestView>> ReadAsync(Func<IQueryable<RequestRow>, IQueryable<RequestRow>> which, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        var rows = await which(db.Requests.AsNoTracking()).Take(MostListed).ToListAsync(cancellation);
        var ids = rows.Select(row => row.Id).ToList();
        var steps = (await db.RequestSteps.AsNoTracking().Where(step => ids.Contains(step.RequestId)).OrderBy(step => step.Id).ToListAsync(cancellation)).ToLookup(step => step.RequestId);
        return [.. rows.Select(row => new RequestView(
            row.Id, row.Kind, row.Text, row.Page, Moment(row.Created), Moment(row.Due), OfficeOf(row.Holder), row.TakenById, row.Answered is { } answered ? Moment(answered) : null, row.Answer,
            [.. steps[row.Id].Select(step => new RequestMove(step.Step, OfficeOf(step.Holder), Moment(step.At)))], row.AgentId, row.Details, row.Language))];
    }

    // SQLite is not asked to follow keys from table to table (see KeraStore).
    private static async Task<int> DeleteAsync(KeraDb db, IQueryable<RequestRow> which, CancellationToken cancellation)
    {
        await db.RequestSteps.Where(step => which.Any(row => row.Id == step.RequestId)).ExecuteDeleteAsync(cancellation);
        return await which.ExecuteDeleteAsync(cancellation);
    }

    /// <summary>The last day on which an answer is in time.</summary>
    public static LocalDate LastDay(Instant due, DateTimeZone zone) => due.Minus(Duration.Epsilon).InZone(zone).Date;

    /// <summary>The end of the last day: whole days of the district, the day of asking not counted.</summary>
    private Instant DueOf(Instant asked, int days) => zone.AtStartOfDay(asked.InZone(zone).Date.PlusDays(days + 1)).ToInstant();

    private static string TextOf(string field, string text)
    {
        var trimmed = text.Trim().ReplaceLineEndings("\n");
        return trimmed.Length is > 0 and <= LongestText && !trimmed.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\t'))
            ? trimmed
            : throw new AccessException(field, "Write 1 to 5,000 characters.", "ask.error.text");
    }

    private static async Task<JsonNode?> ExportAsync(KeraDb db, int agentId, CancellationToken cancellation)
    {
        var rows = await db.Requests.AsNoTracking().Where(row => row.AgentId == agentId).OrderBy(row => row.Id).ToListAsync(cancellation);
        return rows.Count == 0 ? null : new JsonArray([.. rows.Select(row => new JsonObject
        {
            ["number"] = row.Id,
            ["kind"] = row.Kind,
            ["text"] = row.Text,
            ["details"] = row.Details.Length == 0 ? null : JsonNode.Parse(row.Details),
            ["email"] = row.Email,
            ["page"] = row.Page,
            ["asked"] = InstantPattern.General.Format(Moment(row.Created)),
            ["due"] = InstantPattern.General.Format(Moment(row.Due)),
            ["answered"] = row.Answered is { } answered ? InstantPattern.General.Format(Moment(answered)) : null,
            ["answer"] = row.Answer,
        })]);
    }

    private static RoleGrant OfficeOf(string word) => RoleGrant.Parse(word);

    private static string Number(int id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static Instant Moment(long microseconds) => DistrictCalendar.ToInstant(microseconds);

    private static long Micros(Instant instant) => DistrictCalendar.ToMicroseconds(instant);
}
