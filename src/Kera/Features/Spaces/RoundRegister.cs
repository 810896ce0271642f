using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Groups;
using Kera.Base.Ledger;
using Kera.Base.Solving;
using Kera.Base.Store;
using Kera.Sharing;
using Kera.Sharing.Rounds;
using Microsoft.EntityFrameworkCore;

namespace Kera.Features.Spaces;

/// <summary>
/// Rounds and what groups apply for in them. The files say what there is to be had and until when; what was done stands in rows, and states
/// follow from both and the clock. A group's leaders write its application until the close, and nobody but its people reads it before the handler does.
/// </summary>
public sealed class RoundRegister(KeraStore store, SpaceCalendar calendar)
{
    private const int MostWishes = 20;

    /// <summary>The rounds, in the order of the files, each with its state.</summary>
    public async Task<IReadOnlyList<(DistrictRound Round, RoundState State)>> ListAsync(CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        var rows = await db.Rounds.AsNoTracking().ToDictionaryAsync(row => row.Key, cancellation);
        return [.. (calendar.Spaces?.Rounds.Values ?? []).Select(round => (round, StateOf(round, rows.GetValueOrDefault(round.Key))))];
    }

    /// <summary>A round with its state; null where there is none of such a key.</summary>
    public async Task<(DistrictRound Round, RoundState State)?> FindAsync(string key, CancellationToken cancellation)
    {
        if (RoundOf(key) is not { } round)
        {
            return null;
        }

        await using var db = store.OpenContext();
        return (round, StateOf(round, await RowAsync(db, key, cancellation)));
    }

    /// <summary>What a group applied for, in the order of the rounds.</summary>
    public async Task<IReadOnlyList<ApplicationView>> OfGroupAsync(int groupId, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        var rounds = await db.Rounds.AsNoTracking().ToDictionaryAsync(row => row.Key, cancellation);
        var rows = await db.RoundApplications.AsNoTracking().Where(row => row.GroupId == groupId).ToListAsync(cancellation);
        return [.. from round in calendar.Spaces?.Rounds.Values ?? []
                   join row in rows on round.Key equals row.Round
                   select ViewOf(row, StateOf(round, rounds.GetValueOrDefault(round.Key)))];
    }

    /// <summary>What was applied for in a round, drafts among it, in the order in which it was begun.</summary>
    public async Task<IReadOnlyList<ApplicationView>> OfRoundAsync(string key, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        if (RoundOf(key) is not { } round)
        {
            return [];
        }

        var state = StateOf(round, await RowAsync(db, key, cancellation));
        return [.. (await db.RoundApplications.AsNoTracking().Where(row => row.Round == key).OrderBy(row => row.Id).ToListAsync(cancellation)).Select(row => ViewOf(row, state))];
    }

    /// <summary>What a group got; null until the results are sent, and for a group that did not take part.</summary>
    public async Task<GroupResult?> ResultAsync(string key, GroupView group, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        if (await RowAsync(db, key, cancellation) is not { Sent: not null, Answer.Length: > 0 } row || RoundJson.Read<RoundAnswer>(row.Answer) is var answer && answer.Round.Applications.All(each => each.Group != group.Key))
        {
            return null;
        }

        var series = await db.BookingSeries.Where(each => each.Round == key && each.GroupId == group.Id).OrderBy(each => each.Id).Select(each => each.Key).ToListAsync(cancellation);
        return new GroupResult(
            [.. answer.Result.Allocations.Where(time => time.Group == group.Key)],
            answer.Result.Outcomes.Single(outcome => outcome.Group == group.Key),
            RoundFigures.Of(answer.Round, answer.Result.Allocations).Groups.Single(share => share.Key == group.Key),
            series);
    }

    /// <summary>How a round was shared out; null until its results are sent.</summary>
    public async Task<RoundFigures?> FiguresAsync(string key, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        return await RowAsync(db, key, cancellation) is { Sent: not null, Answer.Length: > 0 } row && RoundJson.Read<RoundAnswer>(row.Answer) is var answer
            ? RoundFigures.Of(answer.Round, answer.Result.Allocations)
            : null;
    }

    /// <summary>Writes what a group wishes, and sends it or leaves it as it was: a draft, or sent already.</summary>
    /// <param name="key">The round.</param>
    /// <param name="groupKey">The group.</param>
    /// <param name="wishes">Its wishes, the most important first.</param>
    /// <param name="send">Whether to send it.</param>
    /// <param name="agentId">Who writes.</param>
    /// <param name="actor">For the audit.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="AccessException">The round takes no applications now, the person does not lead the group, or a wish cannot be.</exception>
    public Task WriteAsync(string key, string groupKey, IReadOnlyList<RoundWish> wishes, bool send, int agentId, Actor actor, CancellationToken cancellation) =>
        ChangeAsync(key, groupKey, agentId, actor, send ? "application.send" : "application.write", (row, _, _) => Write(row, wishes, send), cancellation);

    /// <summary>Changes what a group wishes.</summary>
    /// <param name="key">The round.</param>
    /// <param name="groupKey">The group.</param>
    /// <param name="change">Makes the new wishes of the old ones.</param>
    /// <param name="agentId">Who writes.</param>
    /// <param name="actor">For the audit.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="AccessException">As when it is written.</exception>
    public Task ChangeAsync(string key, string groupKey, Func<IReadOnlyList<RoundWish>, IReadOnlyList<RoundWish>> change, int agentId, Actor actor, CancellationToken cancellation) =>
        ChangeAsync(key, groupKey, agentId, actor, "application.write", (row, _, _) => Write(row, change(WishesOf(row)), send: false), cancellation);

    /// <summary>Sends an application: it takes part. Until the close it can be changed and takes part as it is then.</summary>
    /// <exception cref="AccessException">As when it is written, or it has no wish.</exception>
    public Task SendAsync(string key, string groupKey, int agentId, Actor actor, CancellationToken cancellation) =>
        ChangeAsync(key, groupKey, agentId, actor, "application.send", (row, _, _) => Write(row, WishesOf(row), send: true), cancellation);

    /// <summary>Takes an application back, until the answer is accepted.</summary>
    /// <exception cref="AccessException">It is too late, or the person does not lead the group.</exception>
    public Task CancelAsync(string key, string groupKey, int agentId, Actor actor, CancellationToken cancellation) =>
        ChangeAsync(key, groupKey, agentId, actor, "application.cancel", (row, _, now) => row.Cancelled ??= now, cancellation, RoundState.InAllocation);

    /// <summary>Weighs an application as another kind of group.</summary>
    /// <exception cref="AccessException">It is too late, or the round has no such category.</exception>
    public async Task SetKindAsync(string key, int groupId, string kind, Actor actor, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await StoreTurns.TakeAsync(db, [LockOf(key)], cancellation);
        var round = RoundOf(key);
        if (round is null || StateOf(round, await RowAsync(db, key, cancellation)) is RoundState.Handled or RoundState.ResultsSent
            || round.Categories.All(category => category.Kind != kind)
            || await db.RoundApplications.SingleOrDefaultAsync(row => row.Round == key && row.GroupId == groupId, cancellation) is not { } row)
        {
            throw new AccessException("kind", "The round has no such category, or is handled already.", "rounds.error.category");
        }

        row.Kind = kind;
        Audit.Add(db, actor, calendar.Now, "application.kind", $"{key}: group {groupId}: {kind}");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>The state of a round.</summary>
    internal RoundState StateOf(DistrictRound round, ApplicationRoundRow? row) => RoundStates.Of(round.Opens, round.Closes, row?.Handled is not null, row?.Sent is not null, calendar.Now);

    internal static IReadOnlyList<RoundWish> WishesOf(RoundApplicationRow row) => row.Wishes.Length == 0 ? [] : RoundJson.Read<IReadOnlyList<RoundWish>>(row.Wishes);

    /// <summary>The name of the lock under which a round and its applications change.</summary>
    internal static string LockOf(string round) => "round:" + round;

    private DistrictRound? RoundOf(string key) => calendar.Spaces?.Rounds.GetValueOrDefault(key);

    private static Task<ApplicationRoundRow?> RowAsync(KeraDb db, string key, CancellationToken cancellation) => db.Rounds.AsNoTracking().SingleOrDefaultAsync(row => row.Key == key, cancellation);

    private static ApplicationView ViewOf(RoundApplicationRow row, RoundState state) => new(
        row.Round, row.GroupId, row.AgentId, row.Kind, WishesOf(row), RoundStates.Of(state, row.Sent is not null, row.Cancelled is not null), DistrictCalendar.ToInstant(row.Changed));

    private async Task ChangeAsync(
        string key, string groupKey, int agentId, Actor actor, string operation, Action<RoundApplicationRow, DistrictRound, long> change, CancellationToken cancellation, RoundState until = RoundState.Open)
    {
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await StoreTurns.TakeAsync(db, [LockOf(key)], cancellation);
        var state = RoundOf(key) is { } round ? StateOf(round, await RowAsync(db, key, cancellation)) : throw new AccessException("round", $"There is no round '{key}'.", "rounds.error.round");
        if (state == RoundState.Upcoming || state > until)
        {
            throw new AccessException("round", "The round takes no applications now.", "rounds.error.closed");
        }

        if (await GroupBook.FindAsync(db, groupKey, agentId, cancellation) is not { Leads: true } group)
        {
            throw new AccessException("group", "Choose a group that you lead.", "groups.error.notLed");
        }

        var now = DistrictCalendar.ToMicroseconds(calendar.Now);
        var row = await db.RoundApplications.SingleOrDefaultAsync(each => each.Round == key && each.GroupId == group.Id, cancellation);
        if (row is null)
        {
            if (round.Categories.All(category => category.Kind != group.Kind))
            {
                throw new AccessException("group", "Groups of this kind cannot apply in this round.", "rounds.error.kind");
            }

            row = new RoundApplicationRow { Round = key, GroupId = group.Id, Kind = group.Kind, Made = now };
            db.RoundApplications.Add(row);
        }

        (row.AgentId, row.Changed) = (agentId, now);
        change(row, round, now);
        Audit.Add(db, actor, calendar.Now, operation, $"{key}: {groupKey}");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private void Write(RoundApplicationRow row, IReadOnlyList<RoundWish> wishes, bool send)
    {
        if (wishes.Count > MostWishes)
        {
            throw new AccessException("wishes", "An application has at most 20 wishes.", "rounds.error.wishes");
        }

        if (send && wishes.Count == 0)
        {
            throw new AccessException("wishes", "Write a wish at least before you send it.", "rounds.error.empty");
        }

        Check(calendar.Spaces!.Rounds[row.Round], wishes);
        row.Wishes = RoundJson.Write(wishes);
        if (send)
        {
            (row.Sent, row.Cancelled) = (row.Changed, null);
        }
    }

    // Fields tell what is wrong with each; what they do not know of is refused here, for programs too.
    private void Check(DistrictRound round, IReadOnlyList<RoundWish> wishes)
    {
        try
        {
            var spaces = calendar.Spaces!;
            List<RoundSpace> offered = [.. round.Spaces.Select(space => new RoundSpace(space.Space, 1, []))];
            var asked = new Round(round.First, round.Last, round.GridMinutes, offered, [new RoundCategory("any", 1)], [new RoundApplication("any", "any", wishes)])
            {
                Equipment = [.. spaces.Equipment.Keys.Select(key => new RoundEquipment(key, 1))],
            };
            RoundCheck.Faults(asked, []);
        }
        catch (SharingException mistake)
        {
            throw new AccessException("wishes", mistake.Message, "rounds.error.wish");
        }

        if (wishes.Any(wish => wish.Options.Count == 0 || wish.Suitable.Count == 0 || wish.Features.Except(calendar.Spaces!.Features.Keys).Any()))
        {
            throw new AccessException("wishes", "A wish names a space and a suitable time at least, and features that there are.", "rounds.error.wish");
        }
    }
}
