using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Sharing;
using NodaTime;

namespace Kera.Features.Spaces;

/// <summary>A booking as it stands.</summary>
/// <param name="Booking">As the kernel reckons with it; its id is the key.</param>
/// <param name="AgentId">Who booked; null where nobody did or they were erased.</param>
/// <param name="People">How many come.</param>
/// <param name="Purpose">What for; empty where unsaid.</param>
/// <param name="FreeReason">Why it is to cost nothing; empty where that is not asked.</param>
/// <param name="Gross">The price in euros with tax.</param>
/// <param name="Vat">What of it is tax.</param>
/// <param name="Answer">The keeper's words with a decision; empty where there are none.</param>
/// <param name="Changed">When it last changed.</param>
/// <param name="Sequence">How often it changed.</param>
public sealed record BookingView(Booking Booking, int? AgentId, int People, string Purpose, string FreeReason, decimal Gross, decimal Vat, string Answer, Instant Changed, int Sequence)
{
    private const decimal CentsInEuro = 100;

    /// <summary>The number of the group for which it is; null for none.</summary>
    public int? GroupId { get; init; }

    /// <summary>The key of the series that it is of; empty for none.</summary>
    public string Series { get; init; } = "";

    /// <summary>The key.</summary>
    public string Key => Booking.Id;

    /// <summary>What is paid, line by line.</summary>
    public PriceQuote Price { get; private init; } = new([]);

    /// <summary>What of the price is paid online, in euros.</summary>
    public decimal Online => Price.PaidBy(PaymentWay.Online);

    /// <summary>What of the price is not owed any more, in euros.</summary>
    public decimal Refund { get; private init; }

    /// <summary>Whether staff decided on it.</summary>
    public bool Handled { get; private init; }

    /// <summary>Whether nobody came.</summary>
    public bool NoShow { get; private init; }

    /// <summary>The door's code; empty where there is none.</summary>
    public string Code { get; private init; } = "";

    /// <summary>The key of the closure that takes its time; null where none does.</summary>
    public string? DisplacedBy { get; private init; }

    /// <summary>Why a space is closed; of a block only.</summary>
    public ClosureReason Reason { get; private init; }

    /// <summary>Reads a row.</summary>
    internal static BookingView Of(BookingRow row) => new(
        BookingOf(row),
        row.AgentId,
        row.People,
        row.Purpose,
        row.FreeReason,
        row.Gross / CentsInEuro,
        row.Vat / CentsInEuro,
        row.Answer,
        DistrictCalendar.ToInstant(row.Changed),
        row.Sequence)
    {
        GroupId = row.GroupId,
        Series = row.Series,
        Price = new PriceQuote([.. BookingPrices.Read(row.Lines).Select(price => price.Line)]),
        Refund = row.Refund / CentsInEuro,
        Handled = row.Handled,
        NoShow = row.NoShow,
        Code = row.Code,
        DisplacedBy = row.DisplacedBy,
        Reason = row.Reason,
    };

    /// <summary>Reads of a row what rules ask for.</summary>
    internal static Booking BookingOf(BookingRow row) => new(row.Key, row.Space, new Interval(DistrictCalendar.ToInstant(row.Begin), DistrictCalendar.ToInstant(row.End)), row.Kind, row.State)
    {
        HeldUntil = row.HeldUntil is { } until ? DistrictCalendar.ToInstant(until) : null,
        BufferBefore = Micros.ToDuration(row.BufferBefore),
        BufferAfter = Micros.ToDuration(row.BufferAfter),
        Equipment = EquipmentText.Read(row.Equipment),
        Person = row.AgentId?.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Group = row.GroupId?.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}

/// <summary>Words of states, reasons and rules as calls and the API write them.</summary>
internal static class BookingWords
{
    public static string Of<TWord>(TWord word)
        where TWord : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(word.ToString());
}

/// <summary>Durations as rows keep them.</summary>
internal static class Micros
{
    private const long TicksInMicrosecond = 10;

    public static Duration ToDuration(long microseconds) => Duration.FromTicks(microseconds * TicksInMicrosecond);

    public static long Of(Duration duration) => duration.BclCompatibleTicks / TicksInMicrosecond;
}

/// <summary>Equipment as a row and a form write it: <c>projector:1 table:4</c>.</summary>
internal static class EquipmentText
{
    public static string Write(IEnumerable<EquipmentUse> uses) =>
        string.Join(' ', uses.Select(use => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{use.Equipment}:{use.Pieces}")));

    public static IReadOnlyList<EquipmentUse> Read(string text) => text.Length == 0
        ? []
        : [.. text.Split(' ').Select(each => each.Split(':')).Select(parts => new EquipmentUse(parts[0], int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture)))];
}
