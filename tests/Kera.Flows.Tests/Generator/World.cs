using Kera.Flows.Tests.Oracle;

namespace Kera.Flows.Tests.Generator;

/// <summary>
/// One random world, told transaction by transaction. What comes next depends on what the oracle accepted so far, and on the seed alone.
/// </summary>
internal sealed class World(ulong seed)
{
    /// <summary>When everything is recorded: 2027-01-01T00:00Z, in microseconds.</summary>
    public const long Now = 1_798_761_600_000_000;

    private const long Hour = 3_600_000_000;
    private const long Start = Now - (1000 * Hour);

    private readonly Dice dice = new(seed);
    private readonly bool nesting = seed % 4 == 0;
    private int hour = 10;

    public Cast Cast { get; } = new();

    public SimpleLedger Oracle { get; } = new();

    /// <summary>A moment at or between events.</summary>
    public long RandomInstant() => Start + (dice.Below(hour + 2) * Hour) - (dice.Chance(20) ? 1 : 0);

    /// <summary>Now and then a promise that takes no more from here on.</summary>
    public Commitment? Finished()
    {
        if (Cast.Commitments.Count == 0 || !dice.Chance(4))
            return null;
        var finished = dice.One(Cast.Commitments);
        Oracle.Finish(finished);
        return finished;
    }

    /// <summary>The next transaction, with the oracle's verdict; the oracle keeps it where it accepts it.</summary>
    public Verdict Next()
    {
        var before = Oracle.Log.Count;
        var transaction = new List<EconomicEvent>();
        hour += dice.Below(3);
        Verdict? refused = null;
        for (var count = dice.Below(10) switch { < 7 => 1, < 9 => 2, _ => 3 }; count > 0; count--)
        {
            transaction.Add(Candidate() with { Created = Now });
            if (refused is null && Oracle.Judge(transaction[^1]) is { } category)
                refused = new Verdict(transaction, category, transaction.Count - 1, Oracle.MadeImpossible);
        }

        if (refused is not null)
            Oracle.Rollback(before);
        return refused ?? new Verdict(transaction, null, -1, null);
    }

    private EconomicEvent Candidate()
    {
        if (Oracle.Log.Count > 0 && dice.Chance(nesting ? 25 : 14))
            return Correction();
        var time = Start + (Hour * (dice.Chance(22) ? dice.Below(hour) : hour));
        var happening = Converted(new Sensible(Cast, dice, Oracle.At(time), time, nesting).Event());
        if (dice.Chance(12))
            happening = Promised(happening);
        return dice.Chance(20) ? new Nonsense(Cast, dice).Spoil(happening) : happening;
    }

    private EconomicEvent Correction()
    {
        var original = dice.Chance(97) ? dice.Some(Oracle.Log, logged => logged.Corrects is null) ?? Oracle.Log[0] : dice.One(Oracle.Log);
        var now = Corrections.Entries(Oracle.Log).FirstOrDefault(entry => entry.Position == original.Position);
        var correction = new EconomicEvent
        {
            Action = original.Action,
            Provider = original.Provider,
            Receiver = original.Receiver,
            Corrects = original.Position,
            HasReason = dice.Chance(50),
            ResourceQuantity = now?.Quantity is { } amount ? Difference(amount) : null,
            ResourceUnit = now?.Quantity is null ? null : original.Specification!.Unit,
            EffortQuantity = now?.Effort is { } effort ? Difference(effort) : null,
            EffortUnit = now?.Effort is null ? null : Entry.EffortUnitOf(original.Specification!),
        };
        if (dice.Chance(30))
        {
            correction = correction with
            {
                Resource = original.Resource,
                ToResource = original.ToResource,
                PointInTime = original.PointInTime,
                Beginning = original.Beginning,
                End = original.End,
                InputOf = original.InputOf,
                OutputOf = original.OutputOf,
                ToLocation = original.ToLocation,
                State = original.State,
            };
        }

        return dice.Chance(10) ? new Nonsense(Cast, dice).Spoil(correction) : correction;
    }

    private Quantity Difference(Int128 amount) => dice.Below(10) switch
    {
        < 3 => new Quantity((long)-amount),
        < 5 => new Quantity(-((long)amount / 2)),
        < 8 => Quantity.Whole(1 + dice.Below(5)),
        8 => new Quantity(-(long)amount - dice.Below(2)),
        _ => Quantity.Whole(-dice.Below(4)),
    };

    private EconomicEvent Promised(EconomicEvent happening)
    {
        if (happening.Specification is null || (happening.ResourceQuantity is null && happening.EffortQuantity is null))
            return happening;
        var open = dice.Some(Cast.Commitments, promise => promise.Action == happening.Action && promise.Provider == happening.Provider &&
            promise.Receiver == happening.Receiver && promise.ConformsTo == happening.Specification && dice.Chance(70));
        var entry = Entry.From(happening);
        var has = entry.Quantity ?? entry.Effort;
        if (has is null || has == 0)
            return happening;
        var promised = Quantity.Whole(1 + dice.Below(9));
        open ??= Cast.Promise(happening, entry.Quantity is null ? null : promised, entry.Quantity is null ? promised : null, dice.Chance(30));
        return happening with { Fulfills = [new Fulfilment(open, new Quantity((long)(dice.Chance(70) ? has.Value : has.Value / 2)))] };
    }

    /// <summary>Sometimes the same amount in another unit of its dimension.</summary>
    private EconomicEvent Converted(EconomicEvent happening)
    {
        if (happening is not { ResourceQuantity: { } amount, ResourceUnit: { } unit } || !dice.Chance(15))
            return happening;
        var other = dice.One(Unit.All.Where(one => one.Dimension == unit.Dimension).ToList());
        return Entry.Converted(amount, unit, other) is { } converted
            ? happening with { ResourceQuantity = new Quantity((long)converted), ResourceUnit = other }
            : happening;
    }
}

/// <summary>A transaction with what the oracle says of it.</summary>
/// <param name="Transaction">The events.</param>
/// <param name="Refused">The category of the broken rule, null where all is accepted.</param>
/// <param name="RefusedIndex">Which event of the transaction breaks it; -1 where none does.</param>
/// <param name="MadeImpossible">The accepted event that would become impossible.</param>
internal sealed record Verdict(IReadOnlyList<EconomicEvent> Transaction, string? Refused, int RefusedIndex, Impossible? MadeImpossible);
