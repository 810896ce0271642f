using System.Globalization;
using Kera.Base.Ledger;
using NodaTime;

namespace Kera.Base.District.Reading;

/// <summary>Reads demo.yaml.</summary>
internal sealed class DemoReader(IReadOnlyDictionary<string, DistrictFlow> flows, DistrictCarbon? carbon, DistrictBuildings? buildings, DateTimeZone zone)
{
    private const int MostEvents = 20_000;
    private const int MostDays = 366;
    private const int MostHomes = 200;
    private const int MostPeople = 100;
    private const int MostShare = 100;

    private readonly Dictionary<string, DemoShape> shapes = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, DemoFlow> driven = new(StringComparer.Ordinal);
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    public DistrictDemo Demo(Entry root)
    {
        var seed = WholeNumber(root, "seed", int.MaxValue);
        var days = WholeNumber(root, "days", MostDays);
        foreach (var entry in root.Children("shapes", "shape"))
        {
            var shape = new DemoShape(entry.Key(), entry.Numbers("day", 24), entry.Numbers("week", 7), entry.Numbers("year", 12));
            entry.Done();
            shapes.TryAdd(shape.Key, shape);
        }

        foreach (var entry in root.Children("flows", "flow of the demonstration"))
        {
            if (Flow(entry) is { } flow)
            {
                driven.TryAdd(flow.Flow.Key, flow);
            }

            if (entry.Node.Field("flow") is { Kind: NodeKind.Scalar } key)
            {
                seen.Add(key.Text);
            }

            entry.Done();
        }

        List<DemoMix> mixes = [.. root.Children("mixes", "generation of the demonstration").Select(Mix).OfType<DemoMix>()];
        List<DemoSeries> series = [.. root.Children("series", "series of the demonstration").Select(Series).OfType<DemoSeries>()];
        var homes = root.Child("homes", "homes of the demonstration") is { } entries ? Homes(entries) : null;
        var bookings = root.Child("bookings", "bookings of the demonstration") is { } booked ? Bookings(booked) : null;
        root.Done();
        var events = days * 24 * driven.Count;
        if (events > MostEvents)
        {
            root.Report.Add(root.Node.Field("days")!, $"{days} days of {driven.Count} flows are {events} events", $"keep them to {MostEvents}: at most {MostEvents / 24 / driven.Count} days");
        }

        return new DistrictDemo(seed, days, [.. driven.Values], mixes, series, homes, bookings);
    }

    private DemoMix? Mix(Entry entry)
    {
        var (mix, kind) = (entry.RequiredScalar("mix", "name a mix of carbon.yaml"), entry.RequiredScalar("kind", "name a kind of the mix"));
        var shape = entry.Reference("shape", Noun.DemoShape);
        var load = (Base: entry.Share("base"), Noise: entry.Share("noise"));
        entry.Done();
        if (mix is null || kind is null || !shapes.TryGetValue(shape, out var form))
        {
            return null;
        }

        if (carbon?.Mixes.GetValueOrDefault(mix.Text) is not { } declared)
        {
            entry.Report.Add(mix, $"carbon.yaml has no mix '{mix.Text}'", carbon is { Mixes.Count: > 0 } ? $"use {Entry.OneOf(carbon.Mixes.Keys)}" : "declare it there");
            return null;
        }

        if (declared.Kinds.GetValueOrDefault(kind.Text) is not { } known)
        {
            entry.Report.Add(kind, $"the mix '{mix.Text}' has no kind '{kind.Text}'", $"use {Entry.OneOf(declared.Kinds.Keys)}");
            return null;
        }

        return new DemoMix(declared.Key, known, new ShapedLoad(form, load.Base, load.Noise, zone));
    }

    private DemoSeries? Series(Entry entry)
    {
        var key = entry.Text("key", "name the Series, as price.day-ahead", 64);
        var (unit, shape) = (entry.Unit("unit"), entry.Reference("shape", Noun.DemoShape));
        var (load, offset, ahead) = ((Base: entry.Share("base"), Noise: entry.Share("noise")), entry.OptionalNumber("offset")?.ToDecimal() ?? 0, entry.Choice<DemoAhead>("ahead"));
        entry.Done();
        return shapes.TryGetValue(shape, out var form) ? new DemoSeries(key, unit, offset, new ShapedLoad(form, load.Base, load.Noise, zone), ahead) : null;
    }

    private DemoHomes Homes(Entry entry)
    {
        var (count, days, building) = (WholeNumber(entry, "count", MostHomes), WholeNumber(entry, "days", MostDays), entry.Reference("building", Noun.Place));
        if (buildings?.Buildings.GetValueOrDefault(building) is not { Homes: true } && entry.Keys.Has(Noun.Place, building))
        {
            entry.Report.Add(entry.Node.Field("building")!, $"buildings.yaml has no homes at '{building}'", "write homes: true there, or name another building");
        }

        List<DemoSeries> readings = [.. entry.Children("readings", "reading of the demonstration").Select(HomeReading).OfType<DemoSeries>()];
        entry.Done();
        return new DemoHomes(count, days, building, readings);
    }

    private static DemoBookings Bookings(Entry entry)
    {
        var bookings = new DemoBookings(
            WholeNumber(entry, "people", MostPeople),
            WholeNumber(entry, "share", MostShare),
            [.. entry.Children("groups", "group of the demonstration").Select(Group)]);
        entry.Done();
        return bookings;
    }

    private static DemoGroup Group(Entry entry)
    {
        var group = new DemoGroup(entry.Text("name", "name the group", 100), entry.Reference("kind", Noun.GroupKind), entry.OptionalReferences("spaces", Noun.Space));
        entry.Done();
        return group;
    }

    private DemoSeries? HomeReading(Entry entry)
    {
        var (key, shape) = (entry.Reference("flow", Noun.Flow), entry.Reference("shape", Noun.DemoShape));
        var (load, offset) = ((Base: entry.Share("base"), Noise: entry.Share("noise")), entry.OptionalNumber("offset")?.ToDecimal() ?? 0);
        entry.Done();
        if (!flows.TryGetValue(key, out var flow) || !shapes.TryGetValue(shape, out var form))
        {
            return null;
        }

        if (flow.Label != DistrictFlowLabel.Synthetic || buildings?.Readings.Any(reading => reading.Flow == key) != true)
        {
            entry.Report.Add(entry.Node.Field("flow")!, $"the flow '{key}' is no synthetic reading of homes", "name a flow with label: synthetic that is a reading in buildings.yaml");
        }

        return new DemoSeries(key, flow.Unit, offset, new ShapedLoad(form, load.Base, load.Noise, zone), DemoAhead.Now);
    }

    private static int WholeNumber(Entry root, string name, int most)
    {
        var remedy = $"write a whole number from 1 to {most}";
        if (root.RequiredScalar(name, remedy) is not { } node)
        {
            return 1;
        }

        if (int.TryParse(node.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most)
        {
            return number;
        }

        root.Report.Add(node, $"'{name}' is '{node.Text}'", remedy);
        return 1;
    }

    private DemoFlow? Flow(Entry entry)
    {
        var key = entry.Reference("flow", Noun.Flow);
        var rule = Rule(entry);
        if (!flows.TryGetValue(key, out var flow) || rule is null)
        {
            return null;
        }

        if (flow.Label != DistrictFlowLabel.Synthetic || flow.Target != DistrictFlowTarget.Ledger)
        {
            entry.Report.Add(entry.Node.Field("flow")!, $"the flow '{key}' is not a synthetic one into the ledger", "a demonstration drives only flows with label: synthetic and target: ledger");
        }

        return new DemoFlow(flow, rule);
    }

    private DemoRule? Rule(Entry entry)
    {
        var shape = entry.OptionalReference("shape", Noun.DemoShape);
        var follows = entry.OptionalScalar("follows");
        var needs = entry.Optional("needs");
        if (new[] { shape is not null, follows is not null, needs is not null }.Count(there => there) != 1)
        {
            entry.Report.Add(entry.Node, "the flow's load comes about in no way, or in several", "write one of shape (with base and noise), follows (with factor) or needs (with supplies and losses)");
            return null;
        }

        if (shape is not null)
        {
            var load = (Base: entry.Share("base"), Noise: entry.Share("noise"));
            return shapes.TryGetValue(shape, out var form) ? new ShapedLoad(form, load.Base, load.Noise, zone) : null;
        }

        if (follows is not null)
        {
            var factor = entry.Share("factor");
            return Earlier(entry, follows) is { } of ? new FollowingLoad(of, factor) : null;
        }

        return new BalancingLoad(AllEarlier(entry, "needs"), AllEarlier(entry, "supplies"), entry.Share("losses"), entry.Flag("surplus"));
    }

    private List<DemoFlow> AllEarlier(Entry entry, string name)
    {
        if (entry.Optional(name) is not { } node)
        {
            return [];
        }

        if (node.Kind != NodeKind.Sequence)
        {
            entry.Report.Add(node, $"'{name}' is no list", "write the flows' keys in brackets: [..., ...]");
            return [];
        }

        return [.. node.Items.Select(item => Earlier(entry, item)).OfType<DemoFlow>()];
    }

    /// <summary>A flow that stands before this one, so that no load depends on itself.</summary>
    private DemoFlow? Earlier(Entry entry, FileNode node)
    {
        if (driven.TryGetValue(node.Text, out var earlier))
        {
            return earlier;
        }

        if (seen.Contains(node.Text))
        {
            // It stands before this one and is wrong itself, which has been said there.
            return null;
        }

        var remedy = Nearest.To(node.Text, driven.Keys) is { } nearest ? $"did you mean '{nearest}'?" : "name a flow that stands before this one";
        entry.Report.Add(node, $"no flow '{node.Text}' of the demonstration stands before this one", remedy);
        return null;
    }
}
