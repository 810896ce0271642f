using Kera.Base.Ui;
using Kera.Features.Flows;
using Kera.Flows;
using NodaTime;

namespace Kera.Tests.Ui;

public sealed class FlowsOverviewTests
{
    private static readonly FlowsWindow Window = new(BarWidth.Day, new LocalDate(2026, 11, 1), DateTimeZoneProviders.Tzdb["Europe/Helsinki"]);
    private static readonly Flow Heat = Of("consume", "heat", "kWh", Quality.Measured);
    private static readonly Flow Made = Of("produce", "heat", "kWh", Quality.Measured);
    private static readonly Flow Power = Of("consume", "power", "kWh", Quality.Synthetic);
    private static readonly Flow Brick = Of("consume", "brick", "kg", Quality.Estimated);

    [Fact]
    public void Only_one_action_in_one_unit_is_added_up()
    {
        var overview = new FlowsOverview([Day(Heat, 1, 10, 24), Day(Made, 1, 11, 24), Day(Power, 1, 5, 24), Day(Brick, 2, 700, 1)], Window, null, null);

        Assert.Equal(new Movement("consume", "kWh", Quantity.Whole(15), 48), overview.Chosen);
        Assert.Equal(["heat", "power"], overview.Flows.Select(sum => sum.Flow.Subject.Key));
        Assert.Equal(Quantity.Whole(15), overview.Bars[0]);
        Assert.Null(overview.Bars[1]);
    }

    [Fact]
    public void Another_movement_is_shown_when_asked_for()
    {
        var overview = new FlowsOverview([Day(Heat, 1, 10, 24), Day(Brick, 2, 700, 1)], Window, "consume", "kg");

        Assert.Equal(Quantity.Whole(700), overview.Chosen?.Quantity);
    }

    [Fact]
    public void A_sum_is_as_sure_as_its_least_sure_part() =>
        Assert.Equal(Quality.Synthetic, new FlowsOverview([Day(Heat, 1, 10, 24), Day(Power, 2, 5, 24)], Window, null, null).Quality);

    [Fact]
    public void Now_stands_where_the_clock_says()
    {
        var overview = new FlowsOverview([], Window, null, null);

        Assert.Equal(50m, overview.Place(Instant.FromUtc(2026, 11, 15, 22, 0)));
        Assert.Null(overview.Place(Instant.FromUtc(2026, 12, 15, 22, 0)));
    }

    [Fact]
    public void The_table_goes_out_as_CSV_that_no_spreadsheet_runs()
    {
        var odd = Heat with { Provider = new Noun("odd", "=1+1, \"odd\"") };
        var csv = FlowsCsv.Write(new FlowsOverview([Day(odd, 1, 10, 24)], Window, null, null));

        Assert.EndsWith("consume,heat,heat,heat,odd,\"'=1+1, \"\"odd\"\"\",b,B,,,kWh,10,24,measured\r\n", csv, StringComparison.Ordinal);
    }

    private static Flow Of(string action, string thing, string unit, Quality quality) =>
        new(action, new Noun("a", "A"), new Noun("b", "B"), new Noun(thing, thing), null, null, new Noun(thing, thing), unit, quality);

    private static FlowAmount Day(Flow flow, int day, long units, long events) =>
        new(flow, Window.Starts[day - 1], Quantity.Whole(units), events);
}
