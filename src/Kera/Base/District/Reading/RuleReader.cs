using Kera.Sharing;
using NodaTime;

namespace Kera.Base.District.Reading;

/// <summary>Reads booking rules, prices, refunds and ways in of spaces.yaml.</summary>
internal sealed class RuleReader(DateTimeZone zone)
{
    private const int MostDays = 3_660;
    private const int MostBookings = 1_000;

    // Who asks what a booking may meet looks no further than this.
    private static readonly Duration MostBuffer = Duration.FromDays(2);

    private static readonly string[] Ways = [.. new[] { AccessType.Unrestricted, AccessType.AccessCode, AccessType.OpenedByStaff, AccessType.PhysicalKey }.Select(Entry.InWords)];

    /// <summary>Rules: what is written, and where nothing is, what other rules say.</summary>
    public BookingRules Rules(Entry entry, BookingRules others) => others with
    {
        PublishedFrom = entry.OptionalMoment("publishedFrom", zone, ends: false) ?? others.PublishedFrom,
        PublishedUntil = entry.OptionalMoment("publishedUntil", zone, ends: true) ?? others.PublishedUntil,
        BookingOpens = entry.OptionalMoment("bookingOpens", zone, ends: false) ?? others.BookingOpens,
        BookingCloses = entry.OptionalMoment("bookingCloses", zone, ends: true) ?? others.BookingCloses,
        NoticeDays = entry.OptionalWhole("noticeDays", 0, MostDays) ?? others.NoticeDays,
        Notice = entry.OptionalDuration("notice") ?? others.Notice,
        HorizonDays = entry.OptionalWhole("horizonDays", 1, MostDays) ?? others.HorizonDays,
        StartGrid = entry.OptionalDuration("startGrid") ?? others.StartGrid,
        LeastDuration = entry.OptionalDuration("leastDuration") ?? others.LeastDuration,
        MostDuration = entry.OptionalDuration("mostDuration") ?? others.MostDuration,
        DurationStep = entry.OptionalDuration("durationStep") ?? others.DurationStep,
        BufferBefore = Buffer(entry, "bufferBefore") ?? others.BufferBefore,
        BufferAfter = Buffer(entry, "bufferAfter") ?? others.BufferAfter,
        BlocksWholeDay = entry.Flag("blocksWholeDay", others.BlocksWholeDay),
        Limits = entry.Optional("limits") is null ? others.Limits : [.. entry.Children("limits", "limit").Select(Limit)],
        Audiences = entry.Optional("audiences") is null ? others.Audiences : entry.OptionalReferences("audiences", Noun.Audience),
        AdultsOnly = entry.Flag("adultsOnly", others.AdultsOnly),
        StrongIdentification = entry.Flag("strongIdentification", others.StrongIdentification),
        Way = entry.Choice("way", others.Way),
        Rounds = entry.Optional("rounds") is null ? others.Rounds : [.. entry.Children("rounds", "round").Select(Round)],
        NeedsApproval = entry.Flag("needsApproval", others.NeedsApproval),
        Deposit = EnergyReader.OptionalShare(entry, "deposit") ?? others.Deposit,
        CancellableBefore = entry.OptionalDuration("cancellableBefore") ?? others.CancellableBefore,
    };

    private static Duration? Buffer(Entry entry, string name)
    {
        var buffer = entry.OptionalDuration(name);
        if (buffer > MostBuffer)
        {
            entry.Report.Add(entry.OptionalScalar(name)!, $"'{name}' is longer than {EntryTimes.InWords(MostBuffer)}", "write 2 d or less; longer times between bookings are closures");
        }

        return buffer;
    }

    /// <summary>What something costs from which day on.</summary>
    public static IReadOnlyList<Pricing> Prices(Entry entry)
    {
        List<Pricing> pricings = [.. entry.Children("pricings", "pricing").Select(Pricing)];
        if (pricings.Count == 0 && entry.Required("pricings", "list what it costs: pricings: - { from: 2026-01-01, unit: hour, price: 20, vat: 25.5 }") is { Kind: NodeKind.Sequence } empty)
        {
            entry.Report.Add(empty, "'pricings' is an empty list", "list what it costs, or remove the prices: without any it is free");
        }

        return pricings;
    }

    /// <summary>What is paid back to who cancels.</summary>
    public static IReadOnlyList<RefundStep> Refunds(Entry entry) => Distinct(entry, "refunds", "refund", "before", Refund, step => step.Before);

    /// <summary>How one gets in, from which day on.</summary>
    public static IReadOnlyList<AccessFrom> Access(Entry entry) => Distinct(entry, "access", "way in", "from", WayIn, way => way.From);

    /// <summary>Permits to use a space.</summary>
    public static IReadOnlyList<Permit> Permits(Entry entry) => [.. entry.Children("permits", "permit").Select(Permit)];

    private static UsageLimit Limit(Entry entry)
    {
        var of = entry.Choice<LimitOf>("of");
        IReadOnlyList<string>? kinds = entry.Optional("kinds") is null ? null : [.. entry.Words("kinds").Select(kind => kind.Text)];
        var time = entry.OptionalDuration("time");
        if (entry.Optional("bookings") is null == entry.Optional("time") is null)
        {
            entry.Report.Add(entry.Node, "the limit is on bookings and on time, or on neither", "write bookings: 2, or time: 6 h with in: week");
        }

        UsageLimit limit = entry.Optional("time") is null
            ? new BookingsAtOnce(of, entry.OptionalWhole("bookings", 1, MostBookings) ?? 1, kinds)
            : new TimePerPeriod(of, time ?? Duration.FromDays(MostDays), entry.Choice<LimitPeriod>("in"), kinds);
        entry.Done();
        return limit;
    }

    private static RoundPeriod Round(Entry entry)
    {
        var round = new RoundPeriod(entry.Key(), entry.Day("from"), entry.Day("to"), entry.Flag("resultsSent"));
        entry.Done();
        return round;
    }

    private static Pricing Pricing(Entry entry)
    {
        var pricing = new Pricing(entry.Day("from"), entry.Choice<PriceUnit>("unit"), entry.Share("price"), entry.Share("vat"))
        {
            Audiences = Distinct(entry, "audiences", "price of an audience", "audience", AudiencePrice, price => price.Audience),
            Pay = entry.Choice("pay", PaymentWay.Invoice),
        };
        entry.Done();
        return pricing;
    }

    private static AudiencePrice AudiencePrice(Entry entry) => new(entry.Reference("audience", Noun.Audience), entry.Share("price"));

    private static RefundStep Refund(Entry entry)
    {
        var step = new RefundStep(entry.RequiredDuration("before"), entry.Share("percent"));
        if (step.Percent > 100)
        {
            entry.Report.Add(entry.Node.Field("percent")!, "more is paid back than was paid", "write it in per cent of the price, at most 100");
        }

        return step;
    }

    private static AccessFrom WayIn(Entry entry)
    {
        var (from, type) = (entry.Day("from"), entry.Word("type", Ways));
        return new AccessFrom(from, Enum.GetValues<AccessType>().FirstOrDefault(known => Entry.InWords(known) == type));
    }

    private static Permit Permit(Entry entry)
    {
        var permit = new Permit(entry.Day("from"), entry.Day("to"), entry.OptionalTime("begin"), entry.OptionalTime("end"));
        entry.Done();
        return permit;
    }

    /// <summary>Entries of which no two may be for the same.</summary>
    public static List<T> Distinct<T, TKey>(Entry parent, string section, string subject, string field, Func<Entry, T> read, Func<T, TKey> key)
    {
        List<T> values = [];
        var seen = new HashSet<TKey>();
        foreach (var entry in parent.Children(section, subject))
        {
            var value = read(entry);
            entry.Done();
            values.Add(value);
            if (!seen.Add(key(value)) && entry.Node.Field(field) is { Kind: NodeKind.Scalar } node)
            {
                entry.Report.Add(node, $"another {subject} has the same '{field}'", "keep one of the two");
            }
        }

        return values;
    }
}
