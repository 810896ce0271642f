using Kera.Base.District;
using Kera.Base.Figures;
using Kera.Base.Ui;
using Kera.Carbon;

namespace Kera.Features.Carbon;

/// <content>What is avoided, and what an hour of a room carries.</content>
public sealed partial class CarbonReckoner
{
    /// <summary>What was avoided against a baseline, beside the footprint and never taken off it.</summary>
    /// <param name="avoidance">Which; null for all together.</param>
    /// <param name="time">When.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<FigureValue?> AvoidedAsync(CarbonAvoidance? avoidance, CarbonTime time, CancellationToken cancellation) =>
        await Book.PeriodAsync(time, _reader, cancellation) is { } period ? await AvoidedAsync(avoidance, period, cancellation) : null;

    /// <summary>What was avoided in a period that the same reader has read; null where nothing is compared.</summary>
    public async Task<FigureValue?> AvoidedAsync(CarbonAvoidance? avoidance, TracedPeriod period, CancellationToken cancellation)
    {
        var time = period.Time;
        var (parts, factors) = (new List<FigurePart>(), new List<FigureFactor>());
        foreach (var each in avoidance is null ? _rules.Carbon.Avoidances.Values : [avoidance])
        {
            var flows = period.Flows.Where(flow => flow.Carbon.IsUse && _rules.Fits(each.Flows, flow.Nouns)).ToList();
            var day = _factors.DayOf(time.Start);
            if (flows.Count > 0 && flows.All(flow => flow.Nouns.Specification.Unit.Dimension == each.Baseline.Unit.Dimension) && _factors.Find(each.Baseline, day) is { } factor)
            {
                // Against what is given off where it is made, the footprint's like part. A flow that also gives off something is one amount.
                var of = each.Baseline.Stage == FactorStage.Direct ? FootprintLayout.Direct : FootprintLayout.Location;
                var baseline = flows.GroupBy(flow => flow.Nouns).Sum(group => group.Max(flow => flow.Carbon.Quantity) * (_factors.Kilograms(each.Baseline, group.Key.Specification.Unit, day) ?? 0));
                parts.Add(Part(T.Format("carbon.baseline", ("avoided", each.Name.In(_language.Code))), baseline, QualityOf(flows), null));
                parts.Add(Part(T["carbon.own"], -flows.Sum(flow => flow.Carbon.Carried[of]), QualityOf(flows), null));
                factors.Add(Factor(factor, each.Baseline));
            }
        }

        if (parts.Count == 0)
        {
            return null;
        }

        var (from, until) = await Book.TracedAsync(time, cancellation);
        return new FigureValue
        {
            Quantity = Total(parts),
            Unit = Kilogram,
            From = from,
            Until = until,
            IsPartial = IsPartial(time, from, until),
            Formula = T["carbon.formula.avoided"],
            Parts = parts,
            Factors = factors,
            Position = period.Position,
            Events = await EventsAsync(time, cancellation),
            EventsLink = FlowsLink(time, null),
        };
    }

    /// <summary>What a bookable hour of a room carries, in kg CO2e: its share of what the building takes, and of what it was made with.</summary>
    public async Task<FigureValue?> RoomAsync(CarbonRoom room, CarbonTime time, CancellationToken cancellation)
    {
        if (await Book.PeriodAsync(time, _reader, cancellation) is not { } period)
        {
            return null;
        }

        List<TracedFlow> flows = [.. period.Uses.Where(flow => _rules.Fits(room.Flows, flow.Nouns))];
        var (from, until) = await Book.TracedAsync(time, cancellation);
        var hours = (until - from).TotalDays * (double)room.BookableHours;
        if (hours <= 0 || flows.Count == 0)
        {
            return null;
        }

        var share = (double)room.Share;
        List<FigurePart> parts = [.. flows.GroupBy(_names.Through).Select(group => Part(T.Format("carbon.share", ("part", group.Key), ("share", Percent(share))), Location(group) * share, QualityOf(group), null))];
        if (room.Thing is { } key && _rules.Carbon.Things.GetValueOrDefault(key) is { } thing)
        {
            var perHour = Embodied(thing, room.BookableHours * (decimal)DaysOfAYear, time.Start) * share;
            parts.Add(new FigurePart(T.Format("carbon.embodied", ("thing", thing.Name.In(_language.Code))), Rounded(perHour * hours), Kilogram, thing.Illustrative ? Quality.Synthetic : Quality.Printed, null));
        }

        var total = Total(parts);
        return new FigureValue
        {
            Quantity = Rounded((double)total.ToDecimal() / hours),
            Unit = $"{Kilogram}/h",
            From = from,
            Until = until,
            Formula = T["carbon.formula.room"],
            Parts = parts,
            PartUnit = Kilogram,
            Divisor = new FigurePart(T["carbon.bookable"], Rounded(hours), "h", null, null),
            LeftOut = [.. LeftToOwner(room, period, hours, share, (double)total.ToDecimal() / hours)],
            Coverage = CoverageOf(period, flows),
            Factors = [.. FactorsOf(period, flows)],
            Position = period.Position,
            Events = await EventsAsync(time, cancellation),
            EventsLink = FlowsLink(time, null),
        };
    }

    // Empty hours, and what is embodied and no hour ever carries, are the owner's: told, and in nobody's hour.
    private IEnumerable<FigurePart> LeftToOwner(CarbonRoom room, TracedPeriod period, double hours, double share, double perHour)
    {
        var used = period.Flows.Where(flow => _rules.Fits(room.Used, flow.Nouns)).ToList();
        if (room.Used.Count > 0)
        {
            yield return Part(T["carbon.empty.hours"], Math.Max(0, hours - used.GroupBy(flow => flow.Nouns).Sum(group => group.Max(flow => flow.Carbon.Quantity))) * perHour, QualityOf(used), null);
        }

        if (room.Thing is { } key && _rules.Carbon.Things.GetValueOrDefault(key) is { } thing)
        {
            // The last hours are divided by the minimum: half of what they would have carried is left over.
            var left = (double)thing.Kilograms * Math.Min(1, (double)thing.LeastHours / ((double)thing.Years * (double)room.BookableHours * DaysOfAYear)) / 2;
            yield return new FigurePart(T.Format("carbon.writtenOff", ("thing", thing.Name.In(_language.Code))), Rounded(left * share), Kilogram, thing.Illustrative ? Quality.Synthetic : Quality.Printed, null);
        }
    }
}
