using Kera.Base.District;
using Kera.Features.Map;
using NodaTime;

namespace Kera.Tests.Features.Map;

/// <summary>How a place stands in a year, with dates of every precision, open ends and gaps.</summary>
public sealed class PlacePhasesTests
{
    private const string Halls = """
        [{"phase":"standing","from":"1967","to":"2019"},{"phase":"temporary","from":"2019-late","to":"2025-summer"},{"phase":"construction","from":"2025-autumn","to":null}]
        """;

    [Theory]
    [InlineData(1966, PlaceState.NotYet)]
    [InlineData(1967, PlaceState.Standing)]
    [InlineData(2018, PlaceState.Standing)]
    [InlineData(2019, PlaceState.Temporary)]
    [InlineData(2024, PlaceState.Temporary)]
    [InlineData(2025, PlaceState.Construction)]
    [InlineData(2035, PlaceState.Construction)]
    public void In_a_year_of_change_the_phase_that_began_last_tells(int year, PlaceState expected) =>
        Assert.Equal(expected, PlacePhases.Read(Halls).In(year));

    [Theory]
    [InlineData("2023-late", 2022, PlaceState.NotYet)]
    [InlineData("2023-late", 2023, PlaceState.Construction)]
    [InlineData("2023-12-31", 2023, PlaceState.Construction)]
    [InlineData("2024-01-01", 2023, PlaceState.NotYet)]
    [InlineData("2023", 2023, PlaceState.Construction)]
    [InlineData("2023-autumn", 2024, PlaceState.Construction)]
    public void A_date_counts_from_the_first_day_that_it_can_mean(string from, int year, PlaceState expected) =>
        Assert.Equal(expected, One("construction", from, null).In(year));

    [Theory]
    [InlineData("2022-summer", 2022, PlaceState.Temporary)]
    [InlineData("2022-01-01", 2022, PlaceState.Temporary)]
    [InlineData("2022-summer", 2023, PlaceState.Over)]
    public void A_phase_counts_in_the_year_in_which_it_ends(string to, int year, PlaceState expected) =>
        Assert.Equal(expected, One("temporary", "2019", to).In(year));

    [Fact]
    public void Without_a_beginning_it_was_always_so() =>
        Assert.Equal(PlaceState.Standing, One("standing", null, null).In(1900));

    [Fact]
    public void Without_phases_nothing_is_known() => Assert.Equal(PlaceState.Unknown, PlacePhases.Read("[]").In(2026));

    [Theory]
    [InlineData(2021, PlaceState.Planned)]
    [InlineData(2022, PlaceState.Planned)]
    [InlineData(2023, PlaceState.Construction)]
    public void A_plan_counts_until_something_follows_it(int year, PlaceState expected) =>
        Assert.Equal(expected, PlacePhases.Read("""[{"phase":"planned","from":"2019-11-27","to":"2021-09-13"},{"phase":"construction","from":"2023-late"}]""").In(year));

    [Fact]
    public void Of_phases_that_began_together_the_more_advanced_tells() =>
        Assert.Equal(PlaceState.Construction, PlacePhases.Read("""[{"phase":"planned","from":"2022"},{"phase":"construction","from":"2022"}]""").In(2022));

    [Fact]
    public void A_day_is_told_by_what_dates_can_mean()
    {
        var phases = PlacePhases.Read(Halls);

        Assert.Equal(PlaceState.Temporary, phases.On(new LocalDate(2025, 8, 31)));
        Assert.Equal(PlaceState.Construction, phases.On(new LocalDate(2025, 9, 1)));
    }

    [Fact]
    public void What_is_no_phase_is_left_out() =>
        Assert.Equal(DistrictPhase.Planned, Assert.Single(PlacePhases.Read("""[{"phase":"dreamt"},{"phase":"planned"}]""").All).Phase);

    private static PlacePhases One(string phase, string? from, string? to) =>
        PlacePhases.Read($$"""[{"phase":"{{phase}}","from":{{Json(from)}},"to":{{Json(to)}}}]""");

    private static string Json(string? text) => text is null ? "null" : $"\"{text}\"";
}
