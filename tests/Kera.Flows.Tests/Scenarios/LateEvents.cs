namespace Kera.Flows.Tests.Scenarios;

/// <summary>What is told late takes its place in time, if everything told before still holds.</summary>
public class LateEvents
{
    private readonly Town town = new();
    private readonly Agent garden;
    private readonly Agent kitchen;
    private readonly EconomicResource carrots;
    private readonly EconomicResource pot;
    private readonly Process cooking;

    public LateEvents()
    {
        (garden, kitchen) = (town.Agent("garden"), town.Agent("kitchen"));
        var carrot = town.Kind("carrot", "kg");
        (carrots, pot) = (town.Stock("carrots", carrot), town.Stock("pot", carrot));
        cooking = town.Process("cooking", "cooked");
    }

    [Fact]
    public void A_late_harvest_is_there_from_its_own_hour_on()
    {
        var late = town.Event("raise", garden, carrots, 5);
        town.Opens(garden, carrots, 1);
        town.Happens(late);

        Assert.Equal(5, town.Book.StateAt(carrots, late.EffectTime)!.Value.Accounting.ToDecimal());
        town.Has(carrots, 6, 6);
        Assert.Null(town.Book.StateAt(carrots, late.EffectTime - 1));
    }

    [Fact]
    public void A_late_sale_that_empties_a_later_one_is_refused_and_the_later_one_named()
    {
        town.Opens(garden, carrots, 5);
        var late = town.Event("transfer", garden, kitchen, carrots, 3, pot);
        var first = town.Happens(town.Event("consume", garden, carrots, 2) with { InputOf = cooking });
        var second = town.Happens(town.Event("consume", garden, carrots, 2) with { InputOf = cooking });

        var refusal = town.Refuses<LaterEventImpossible>(late);

        Assert.Equal(second.Position, refusal.Position);
        Assert.True(first.Position < second.Position);
        Assert.Null(town.Book.StateOf(pot));
        town.Happens(late with { ResourceQuantity = Town.Amount(1) });
    }

    [Fact]
    public void What_itself_is_impossible_at_its_hour_is_refused_for_its_own_rule()
    {
        var early = town.Event("consume", garden, carrots, 1) with { InputOf = cooking };
        town.Opens(garden, carrots, 5);
        town.Refuses<NotThereYet>(early);
    }

    [Fact]
    public void A_change_of_hands_in_the_past_strips_the_seller_of_later_sales()
    {
        town.Opens(garden, carrots, 5);
        var late = town.Event("transfer", garden, kitchen, carrots, 5);
        var sale = town.Happens(town.Event("consume", garden, carrots, 1) with { InputOf = cooking });

        var refusal = town.Refuses<LaterEventImpossible>(late);
        Assert.Equal(sale.Position, refusal.Position);
        Assert.IsType<NotEntitled>(refusal.Because);
    }

    [Fact]
    public void A_late_addition_makes_a_later_whole_into_a_part()
    {
        town.Opens(garden, carrots, 5);
        var late = town.Event("raise", garden, carrots, 1);
        var whole = town.Happens(town.Event("transfer", garden, kitchen, carrots, 5));

        var refusal = town.Refuses<LaterEventImpossible>(late);
        Assert.Equal(whole.Position, refusal.Position);
        Assert.IsType<PartNeedsResource>(refusal.Because);
    }

    [Fact]
    public void At_the_same_moment_the_log_decides()
    {
        var opening = town.Opens(garden, carrots, 5);
        town.Happens(town.Event("consume", garden, carrots, 5) with { InputOf = cooking, PointInTime = opening.PointInTime });
        town.Refuses<Overdraft>(town.Event("consume", garden, carrots, 1) with { InputOf = cooking, PointInTime = opening.PointInTime });
    }

    [Fact]
    public void An_earlier_beginning_by_another_makes_the_old_one_impossible()
    {
        var earlier = town.Event("raise", kitchen, carrots, 1);
        var opening = town.Opens(garden, carrots, 5);
        Assert.Equal(opening.Position, town.Refuses<LaterEventImpossible>(earlier).Position);
    }

    [Fact]
    public void A_late_change_reaches_through_the_chain_of_transfers()
    {
        town.Opens(garden, carrots, 5);
        var late = town.Event("lower", garden, carrots, 1);
        town.Happens(town.Event("transfer", garden, kitchen, carrots, 4, pot));
        town.Happens(town.Event("consume", kitchen, pot, 4) with { InputOf = cooking });

        town.Happens(late);
        town.Has(carrots, 0, 0);
        Assert.False(town.Book.Append([late]).Accepted);
    }

    [Fact]
    public void What_a_part_inherited_follows_the_late_change_of_the_whole()
    {
        var shed = town.Place("shed");
        town.Opens(garden, carrots, 5);
        var late = town.Event("produce", garden, carrots, 1) with { OutputOf = cooking };
        town.Happens(town.Event("move", garden, carrots, 2, pot) with { ToLocation = shed });
        Assert.Null(town.State(pot).Stage);

        town.Happens(late);

        Assert.Equal((cooking.BasedOn, shed), (town.State(pot).Stage, town.State(pot).Location));
    }

    [Fact]
    public void What_is_still_to_come_is_not_recorded() =>
        town.Refuses<AbsurdTime>(town.Event("raise", garden, carrots, 1) with { PointInTime = Town.Now + 300_000_001 });
}
