using Kera.Base.District;
using Kera.Base.Ui;
using Kera.Base.Ui.Components;
using Kera.Energy;
using Kera.Flows;

namespace Kera.Features.Communities;

/// <summary>What the pages of a community say, in one language.</summary>
/// <param name="Page">The page.</param>
/// <param name="Read">The month.</param>
/// <param name="Points">The points' names, by key.</param>
public sealed record CommunityView(PageContext Page, CommunityMonth Read, IReadOnlyDictionary<string, LocalizedText> Points)
{
    private const long MillionthsInWattHour = 1_000;
    private const int Decimals = 3;
    private const decimal GramsInKilogram = 1_000;

    /// <summary>What a text of the files says here.</summary>
    public string In(LocalizedText text) => text.In(Page.Language.Code);

    /// <summary>What a point is called.</summary>
    public string NameOf(string point) => In(Points[point]);

    /// <summary>Watt-hours as kilowatt-hours, exactly.</summary>
    public string Number(long wattHours) => Page.Formats.Number(Kilowatthours(wattHours), Decimals);

    /// <summary>The same with the unit.</summary>
    public string Amount(long wattHours) => Page.Formats.Amount(Kilowatthours(wattHours), "kWh", Decimals);

    /// <summary>The same rounded as in a sentence.</summary>
    public string Prose(long wattHours) => Page.Formats.Prose(Kilowatthours(wattHours), "kWh");

    /// <summary>A carbon as a sentence says it; where a part of the energy has none, of how much it is known, and never a number alone.</summary>
    public string Carbon(KnownCarbon carbon)
    {
        var amount = Page.Formats.Prose(new Quantity((long)decimal.Round(carbon.Grams * Quantity.One / GramsInKilogram, MidpointRounding.AwayFromZero)), "kg{CO2e}");
        return carbon switch
        {
            { IsWhole: true } => amount,
            { Known: 0 } => Page.Texts["communities.carbon.unknown"],
            _ => Page.Texts.Format("communities.carbon.part", ("share", Page.Formats.Percent(Kilowatthours(carbon.Known), Kilowatthours(carbon.Energy))), ("amount", amount)),
        };
    }

    /// <summary>The public figures of a network that its members' carbon rests on in the month shown: by location, and by market the number or, where a part is unknown, how much is known.</summary>
    public IReadOnlyList<(string Figure, string Of)> Whys(string network, bool wholeMarket)
    {
        var month = CommunityBook.Word(Read.Month!.Value);
        return
        [
            ($"carbon.resource.{network}.{month}", Page.Texts["communities.carbon.why.location"]),
            wholeMarket ? ($"carbon.market.{network}.{month}", Page.Texts["communities.carbon.why.market"]) : ($"carbon.market-coverage.{network}.{month}", Page.Texts["communities.carbon.why.coverage"]),
        ];
    }

    /// <summary>A point's shares in the month, with their days where they are not of the whole of it.</summary>
    public string Shares(string point) => Read.Settlement?.Periods is { } periods
        ? string.Join("; ", Read.Memberships.Where(membership => membership.Point == point && membership.From < periods.Until && !(membership.Until <= periods.First)).Select(membership => ShareOf(membership, periods)))
        : "";

    /// <summary>The address of a page of the month shown.</summary>
    public string Url(string path) => Url(path, 0);

    /// <summary>To the month so many before or after, of the community or of one of its members; null where there is nothing settled.</summary>
    public Pager.Link? Shifted(string path, int steps, string? point = null) =>
        Read is { Months: var (first, last), Month: { } shown } && shown.PlusMonths(steps) is var month && month >= first && month <= last && (point is null || Read.Memberships.Any(membership => membership.Point == point && membership.From.ToYearMonth() <= month && !(membership.Until <= month.OnDayOfMonth(1))))
            ? new(Page.Formats.Month(month.OnDayOfMonth(1)), Url(path, steps))
            : null;

    private static Quantity Kilowatthours(long wattHours) => new(wattHours * MillionthsInWattHour);

    private string Url(string path, int steps) => Page.Url(path, [new("month", Read.Month is { } month ? CommunityBook.Word(month.PlusMonths(steps)) : null)]);

    private string ShareOf(CommunityMembership membership, SettlementPeriods periods)
    {
        var percent = new Quantity((long)(membership.Share.Percent * Quantity.One));
        var share = Page.Formats.Amount(percent, "%", Formats.Decimals([percent]));
        if (membership.From <= periods.First && !(membership.Until < periods.Until))
        {
            return share;
        }

        var first = membership.From < periods.First ? periods.First : membership.From;
        var after = membership.Until < periods.Until ? membership.Until.Value : periods.Until;
        return $"{share} ({Page.Formats.Date(first)}–{Page.Formats.Date(after.PlusDays(-1))})";
    }
}
