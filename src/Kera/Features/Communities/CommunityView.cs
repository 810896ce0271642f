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

    /// <summary>A point's shares in the month, with their days where they are not of the whole of it.</summary>
    public string Shares(string point) => string.Join("; ", Read.Memberships.Where(membership => membership.Point == point).Select(ShareOf));

    /// <summary>The address of a page of the month shown.</summary>
    public string Url(string path) => Url(path, 0);

    /// <summary>To the months before and after, where they can be settled.</summary>
    public (Pager.Link? Previous, Pager.Link? Next) Around(string path)
    {
        Pager.Link Link(int steps) => new(Page.Formats.Month(Read.Month!.Value.PlusMonths(steps).OnDayOfMonth(1)), Url(path, steps));
        return Read is { Months: var (first, last), Month: { } month } ? (month > first ? Link(-1) : null, month < last ? Link(1) : null) : (null, null);
    }

    private static Quantity Kilowatthours(long wattHours) => new(wattHours * MillionthsInWattHour);

    private string Url(string path, int steps) => Page.Url(path, [new("month", Read.Month is { } month ? CommunityBook.Word(month.PlusMonths(steps)) : null)]);

    private string ShareOf(CommunityMembership membership)
    {
        var percent = new Quantity((long)(membership.Share.Percent * Quantity.One));
        var share = Page.Formats.Amount(percent, "%", Formats.Decimals([percent]));
        if (Read.Settlement?.Periods is not { } periods || (membership.From <= periods.First && !(membership.Until < periods.Until)))
        {
            return share;
        }

        var first = membership.From < periods.First ? periods.First : membership.From;
        var after = membership.Until < periods.Until ? membership.Until.Value : periods.Until;
        return $"{share} ({Page.Formats.Date(first)}–{Page.Formats.Date(after.PlusDays(-1))})";
    }
}
