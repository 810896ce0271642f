using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Base.Solving;
using Kera.Base.Store;
using Kera.Sharing.Rounds;
using Microsoft.EntityFrameworkCore;

namespace Kera.Features.Spaces;

/// <summary>What a round's handler decides: grants, what is not wanted, and whether the answer is accepted. Who may, its callers check.</summary>
public sealed class RoundDesk(KeraStore store, SpaceCalendar calendar, RoundRegister register)
{
    private const int MostDecisions = 500;

    private readonly RoundBuilder _builder = new(calendar);

    /// <summary>A round as it stands.</summary>
    public async Task<RoundDeskView> ReadAsync(DistrictRound round, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        var row = await db.Rounds.AsNoTracking().SingleOrDefaultAsync(each => each.Key == round.Key, cancellation);
        var (handling, answer) = (HandlingOf(row), AnswerOf(row?.Answer));
        var state = register.StateOf(round, row);
        // Once it is handled nothing changes any more.
        var current = answer is not null && (state != RoundState.InAllocation || IsOf(answer, await _builder.BuildAsync(db, round, handling, cancellation)));
        return new RoundDeskView(
            state, row?.Solving ?? RoundSolving.None, row is { Score: { } score, Bound: { } bound } ? new RoundProgress(score, bound) : null, handling, answer, AnswerOf(row?.Former), current);
    }

    /// <summary>Grants a time by hand, or takes the grant back.</summary>
    /// <exception cref="AccessException">The round is not being handled, or the time cannot be granted: which fault, the message says.</exception>
    public Task PinAsync(DistrictRound round, RoundPin pin, bool granted, Actor actor, CancellationToken cancellation) => ChangeAsync(round, "round.pin", async (db, row) =>
    {
        var handling = HandlingOf(row);
        List<RoundPin> pins = [.. handling.Pins.Where(each => each.Allocation != pin.Allocation)];
        if (granted)
        {
            pins.Add(pin);
        }

        var changed = handling with { Pins = pins };
        if (granted)
        {
            var asked = await _builder.BuildAsync(db, round, changed, cancellation);
            if (RoundCheck.Faults(asked, [.. pins.Select(each => each.Allocation)]) is { Count: > 0 } faults)
            {
                throw new RoundFaultException(faults);
            }
        }

        row.Handling = RoundJson.Write(changed);
    }, actor, cancellation);

    /// <summary>Says what is not wanted, or takes it back.</summary>
    /// <exception cref="AccessException">The round is not being handled, or nothing is named.</exception>
    public Task ForbidAsync(DistrictRound round, RoundForbid forbid, bool unwanted, Actor actor, CancellationToken cancellation) => ChangeAsync(round, "round.forbid", (_, row) =>
    {
        var handling = HandlingOf(row);
        if (unwanted && (forbid == new RoundForbid() || handling.Forbids.Count >= MostDecisions))
        {
            throw new AccessException("forbid", "Name a group, a space or a time.", "rounds.error.forbid");
        }

        row.Handling = RoundJson.Write(handling with { Forbids = [.. handling.Forbids.Where(each => each != forbid), .. unwanted ? [forbid] : Array.Empty<RoundForbid>()] });
        return Task.CompletedTask;
    }, actor, cancellation);

    /// <summary>Accepts the answer: nothing changes any more until it is told, or handling is taken up again.</summary>
    /// <exception cref="AccessException">There is no answer to the round as it is now.</exception>
    public Task AcceptAsync(DistrictRound round, Actor actor, CancellationToken cancellation) => ChangeAsync(round, "round.accept", async (db, row) =>
    {
        if (row.Solving is RoundSolving.Asked or RoundSolving.Running or RoundSolving.Stopping || AnswerOf(row.Answer) is not { Result.Status: not RoundStatus.Refused } answer || !IsOf(answer, await _builder.BuildAsync(db, round, HandlingOf(row), cancellation)))
        {
            throw new AccessException("answer", "Solve the round again first: it has changed since.", "rounds.error.stale");
        }

        row.Handled = DistrictCalendar.ToMicroseconds(calendar.Now);
    }, actor, cancellation);

    /// <summary>Takes handling up again, before the results are sent.</summary>
    /// <exception cref="AccessException">It is not handled, or the results are sent.</exception>
    public Task ReopenAsync(DistrictRound round, Actor actor, CancellationToken cancellation) => ChangeAsync(round, "round.reopen", (_, row) =>
    {
        row.Handled = null;
        return Task.CompletedTask;
    }, actor, cancellation, RoundState.Handled);

    /// <summary>Asks for a solve; one that runs goes on.</summary>
    /// <exception cref="AccessException">The round is not being handled.</exception>
    public Task AskAsync(DistrictRound round, Actor actor, CancellationToken cancellation) => ChangeAsync(round, "round.solve", (_, row) =>
    {
        row.Solving = row.Solving is RoundSolving.Running or RoundSolving.Stopping ? row.Solving : RoundSolving.Asked;
        return Task.CompletedTask;
    }, actor, cancellation);

    /// <summary>Asks the solve to stop; the former answer stays.</summary>
    /// <exception cref="AccessException">The round is not being handled.</exception>
    public Task StopAsync(DistrictRound round, Actor actor, CancellationToken cancellation) => ChangeAsync(round, "round.stop", (_, row) =>
    {
        row.Solving = row.Solving == RoundSolving.Running ? RoundSolving.Stopping : row.Solving == RoundSolving.Asked ? RoundSolving.None : row.Solving;
        return Task.CompletedTask;
    }, actor, cancellation);

    internal static RoundHandling HandlingOf(ApplicationRoundRow? row) => row is null or { Handling.Length: 0 } ? RoundHandling.Nothing : RoundJson.Read<RoundHandling>(row.Handling);

    internal static RoundAnswer? AnswerOf(string? text) => string.IsNullOrEmpty(text) ? null : RoundJson.Read<RoundAnswer>(text);

    private static bool IsOf(RoundAnswer answer, Round round) => RoundJson.Write(answer.Round) == RoundJson.Write(round);

    private async Task ChangeAsync(DistrictRound round, string operation, Func<KeraDb, ApplicationRoundRow, Task> change, Actor actor, CancellationToken cancellation, RoundState needed = RoundState.InAllocation)
    {
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await StoreTurns.TakeAsync(db, [RoundRegister.LockOf(round.Key)], cancellation);
        var row = await db.Rounds.SingleOrDefaultAsync(each => each.Key == round.Key, cancellation);
        if (register.StateOf(round, row) != needed)
        {
            throw new AccessException("round", "The round is not being handled now.", "rounds.error.handled");
        }

        if (row is null)
        {
            db.Rounds.Add(row = new ApplicationRoundRow { Key = round.Key });
        }

        await change(db, row);
        Audit.Add(db, actor, calendar.Now, operation, round.Key);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }
}

/// <summary>A time that cannot be granted by hand.</summary>
/// <param name="faults">Why not.</param>
public sealed class RoundFaultException(IReadOnlyList<RoundFault> faults) : Exception("The time cannot be granted.")
{
    /// <summary>Why not.</summary>
    public IReadOnlyList<RoundFault> Faults { get; } = faults;
}
