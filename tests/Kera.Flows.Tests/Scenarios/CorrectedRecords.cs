namespace Kera.Flows.Tests.Scenarios;

/// <summary>A wrong number is answered by the difference; the record stays.</summary>
public class CorrectedRecords
{
    private readonly Town town = new();
    private readonly Agent farm;
    private readonly Agent cafe;
    private readonly EconomicResource salad;
    private readonly EconomicResource plates;
    private readonly Process growing;
    private readonly EconomicEvent harvest;

    public CorrectedRecords()
    {
        (farm, cafe) = (town.Agent("farm"), town.Agent("café"));
        var kind = town.Kind("salad", "kg");
        (salad, plates) = (town.Stock("salad", kind), town.Stock("plates", kind));
        growing = town.Process("growing", "grown");
        harvest = town.Happens(town.Event("produce", farm, salad, 10) with { OutputOf = growing });
    }

    private EconomicEvent Sale(decimal amount) => town.Event("transfer", farm, cafe, salad, amount, plates);

    [Fact]
    public void The_right_number_counts_from_the_original_s_time_on()
    {
        town.Happens(Sale(4));
        town.Happens(Town.Correction(harvest, 2.5m));

        town.Has(salad, 8.5m, 8.5m);
        Assert.Equal(12.5m, town.Book.StateAt(salad, harvest.EffectTime)!.Value.Accounting.ToDecimal());
    }

    [Fact]
    public void The_correction_is_recorded_with_the_original_s_fields()
    {
        var recorded = town.Happens(Town.Correction(harvest, 2.5m));

        Assert.Equal((harvest.Position, salad, growing), (recorded.Corrects!.Value, recorded.Resource, recorded.OutputOf));
        Assert.Equal(harvest.EffectTime, recorded.EffectTime);
    }

    [Fact]
    public void Several_corrections_add_up()
    {
        town.Happens(Town.Correction(harvest, 2), Town.Correction(harvest, -5));
        town.Has(salad, 7, 7);
    }

    [Fact]
    public void A_correction_that_takes_what_was_sold_names_the_sale()
    {
        town.Happens(Sale(4));
        var second = town.Happens(Sale(5));

        var refusal = town.Refuses<LaterEventImpossible>(Town.Correction(harvest, -2));

        Assert.Equal(second.Position, refusal.Position);
        Assert.IsType<Overdraft>(refusal.Because);
        town.Has(salad, 1, 1);
    }

    [Fact]
    public void A_correction_can_reach_through_a_transfer_to_what_was_done_with_it()
    {
        var sale = town.Happens(Sale(4));
        var eaten = town.Happens(town.Event("consume", cafe, plates, 3) with { InputOf = town.Process("lunch") });

        Assert.Equal(eaten.Position, town.Refuses<LaterEventImpossible>(Town.Correction(sale, -2)).Position);
        town.Happens(Town.Correction(sale, -1));
        town.Has(salad, 7, 7);
        town.Has(plates, 0, 0);
    }

    [Fact]
    public void A_sale_cannot_be_corrected_to_more_than_there_was()
    {
        var sale = town.Happens(Sale(4));
        town.Refuses<Overdraft>(Town.Correction(sale, 6.000001m));
        town.Happens(Town.Correction(sale, 6));
        town.Has(salad, 0, 0);
    }

    [Fact]
    public void Corrected_to_nothing_it_is_as_if_it_had_never_been()
    {
        var sale = town.Happens(Sale(4));
        town.Happens(Town.Correction(sale, -4));

        town.Has(salad, 10, 10);
        Assert.Null(town.Book.StateOf(plates));
    }

    [Fact]
    public void A_void_harvest_leaves_no_salad()
    {
        town.Happens(Town.Correction(harvest, -10));
        Assert.Null(town.Book.StateOf(salad));
        Assert.False(town.Book.Append([Sale(0)]).Accepted);
    }

    [Fact]
    public void A_void_event_can_be_corrected_back_to_life()
    {
        town.Happens(Town.Correction(harvest, -10));
        town.Happens(Town.Correction(harvest, 3));
        town.Has(salad, 3, 3, farm, farm);
    }

    [Fact]
    public void The_beginning_cannot_be_made_void_while_something_stands_on_it()
    {
        var sale = town.Happens(Sale(0));
        Assert.Equal(sale.Position, town.Refuses<LaterEventImpossible>(Town.Correction(harvest, -10)).Position);
    }

    [Fact]
    public void Below_nothing_it_cannot_go() => town.Refuses<CorrectedBelowZero>(Town.Correction(harvest, -10.000001m));

    [Fact]
    public void A_correction_of_nothing_is_none() => town.Refuses<WrongCorrection>(Town.Correction(harvest, 0));

    [Fact]
    public void A_correction_is_not_corrected()
    {
        var first = town.Happens(Town.Correction(harvest, 1));
        town.Refuses<WrongCorrection>(Town.Correction(first, 1));
    }

    [Fact]
    public void What_is_not_there_is_not_corrected() => town.Refuses<WrongCorrection>(Town.Correction(harvest, 1) with { Corrects = 99 });

    [Fact]
    public void Another_party_cannot_be_corrected_in() =>
        town.Refuses<WrongCorrection>(Town.Correction(harvest, 1) with { Provider = cafe });

    [Fact]
    public void Nor_another_time() =>
        town.Refuses<WrongCorrection>(Town.Correction(harvest, 1) with { PointInTime = harvest.PointInTime + 1 });

    [Fact]
    public void The_difference_may_come_in_another_unit()
    {
        town.Happens(Town.Correction(harvest, -500) with { ResourceUnit = Unit.Find("g") });
        town.Has(salad, 9.5m, 9.5m);
    }

    [Fact]
    public void A_corrected_move_keeps_to_the_whole()
    {
        var moved = town.Happens(town.Event("move", farm, salad, 10));
        town.Refuses<PartNeedsResource>(Town.Correction(moved, -1));
        Assert.Equal(moved.Position, town.Refuses<LaterEventImpossible>(Town.Correction(harvest, 1)).Position);
        town.Happens(Town.Correction(moved, -10), Town.Correction(harvest, 1));
    }

    [Fact]
    public void Hours_are_corrected_like_amounts()
    {
        var worked = town.Happens(town.Effort("work", farm, farm, growing, 3) with { ConformsTo = town.Kind("labour", "1") });
        var difference = Town.Correction(worked, 0) with { ResourceQuantity = null, EffortQuantity = Town.Amount(-4), EffortUnit = Unit.Find("h") };

        town.Refuses<CorrectedBelowZero>(difference);
        town.Happens(difference with { EffortQuantity = Town.Amount(-60), EffortUnit = Unit.Find("min") });
    }
}
