using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Flows;
using NodaTime;

namespace Kera.Tests.District;

/// <summary>Parts of a district that the built-in one does not use, and mistakes that need a look at several entries.</summary>
public sealed class PromisesAndLoadsTests
{
    private const string Commitment = """

        commitments:
          - key: reuse-concrete
            name: { fi: Murske käyttöön, sv: Krossen i bruk, en: The crushed concrete is used }
            clauseOf: kera-development-commitment
            action: consume
            provider: sok
            receiver: sok
            resourceConformsTo: crushed-concrete
            resourceQuantity: { hasNumericalValue: 15000000, hasUnit: kg }
            due: 2025
            source: hs-halls

        """;

    private const string Fulfilment = """
        fulfills:
              - commitment: reuse-concrete
                quantity: { hasNumericalValue: 15000, hasUnit: t }
            hasBeginning: 2023-late
        """;

    [Fact]
    public void An_event_of_the_history_may_keep_a_promise()
    {
        using var kera = WithCommitment();

        var reading = kera.Read();

        Assert.Equal("", string.Join('\n', reading.Mistakes));
        var promise = reading.Model!.Commitments["reuse-concrete"];
        Assert.Equal(("consume", "kera-development-commitment"), (promise.Action.Name, promise.ClauseOf));
        var link = Assert.Single(reading.Model.History["crushed-concrete-reused"].Input.Fulfills);
        Assert.Equal(new FulfilmentInput("reuse-concrete", new MeasureInput(Quantity.Whole(15_000), "t")), link);
    }

    [Theory]
    [InlineData("hasUnit: kg", "hasUnit: kWh", "'kWh' is a unit of energy, but 'crushed-concrete' is counted in t")]
    [InlineData("15000000", "0.000001", "0.000001 kg does not convert exactly into t")]
    [InlineData("resourceQuantity: { hasNumericalValue: 15000000, hasUnit: kg }", "resourceInventoriedAs: halls-crushed-concrete", "the commitment promises no quantity")]
    [InlineData("due: 2025", "resourceInventoriedAs: smart-poles", "the resource 'smart-poles' is of the specification 'smart-pole'")]
    [InlineData("receiver: sok", "receiver: nokia", "the ledger refuses the event 'crushed-concrete-reused'")]
    public void A_promise_that_cannot_be_kept_is_a_mistake(string old, string replacement, string problem)
    {
        using var kera = WithCommitment();
        kera.Replace("agreements.yaml", "key: reuse-concrete", old, replacement);

        Assert.Contains(problem, Assert.Single(kera.Read().Mistakes).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("days: 14", "days: 20", "20 days of 56 flows are 26880 events")]
    [InlineData("days: 14", "days: 1.5", "'days' is '1.5'")]
    [InlineData("flow: demo-heat-a", "flow: heat-demand", "the flow 'heat-demand' is not a synthetic one into the ledger")]
    [InlineData("    noise: 6\n", "    noise: 6\n    follows: demo-heat-b\n", "the flow's load comes about in no way, or in several")]
    [InlineData("follows: demo-heat-pump-heat\n    factor: 0.7", "follows: demo-leaves-sold\n    factor: 0.7", "no flow 'demo-leaves-sold' of the demonstration stands before this one")]
    [InlineData("week: [100, 100, ", "week: [100, ", "'week' has 6 numbers")]
    [InlineData("shape: homes-heat", "shape: home-heat", "'shape' names the unknown shape 'home-heat'")]
    [InlineData("base: 310", "base: -310", "'base' has the negative number -310")]
    public void A_load_that_cannot_be_made_is_a_mistake(string old, string replacement, string problem)
    {
        using var kera = new EditedKera();
        kera.Replace("demo.yaml", "seed:", old, replacement);

        Assert.Contains(kera.Read().Mistakes, mistake => mistake.Problem.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void A_place_is_no_part_of_itself_by_any_way_around()
    {
        using var kera = new EditedKera();
        kera.Replace("places.geojson", "\"key\": \"kera\",", "\"kind\": \"district\",", "\"kind\": \"district\", \"partOf\": \"keran-hallit\",");

        var problems = kera.Read().Mistakes.Select(mistake => mistake.Problem).ToList();

        Assert.Equal(["the place 'kera' is a part of itself", "the place 'kera-centre' is a part of itself", "the place 'keran-hallit' is a part of itself"], problems);
    }

    [Fact]
    public void Coarse_dates_become_whole_spans_of_the_districts_days()
    {
        var history = DistrictFiles.Read(EditedKera.Source).Model!.History;

        // Midsummer of Helsinki is three hours ahead of UTC, its winter two.
        var demolished = history["halls-demolished-stage-1"].Input;
        Assert.Equal((Instant.FromUtc(2022, 5, 31, 21, 0), Instant.FromUtc(2022, 9, 30, 21, 0)), (demolished.HasBeginning, demolished.HasEnd));
        var counted = history["halls-counted"].Input;
        Assert.Equal((Instant.FromUtc(2018, 12, 31, 22, 0), Instant.FromUtc(2019, 12, 31, 22, 0)), (counted.HasBeginning, counted.HasEnd));
        Assert.Equal(Instant.FromUtc(2022, 6, 15, 21, 0), history["new-street-opened"].Input.HasPointInTime);
    }

    private static EditedKera WithCommitment()
    {
        var kera = new EditedKera();
        kera.Append("agreements.yaml", Commitment);
        kera.Replace("history.yaml", "key: crushed-concrete-reused", "hasBeginning: 2023-late", Fulfilment);
        return kera;
    }
}
