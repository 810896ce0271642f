namespace Kera.Flows.Tests.Scenarios;

/// <summary>Someone counts what is on the shelf.</summary>
public class Counts
{
    private readonly Town town = new();
    private readonly Agent store;
    private readonly Agent neighbour;
    private readonly EconomicResource shelf;

    public Counts()
    {
        (store, neighbour) = (town.Agent("store"), town.Agent("neighbour"));
        shelf = town.Stock("shelf", town.Kind("paint", "L"));
    }

    [Fact]
    public void An_opening_balance_brings_it_into_being()
    {
        Assert.Null(town.Book.StateOf(shelf));
        town.Opens(store, shelf, 12);
        town.Has(shelf, 12, 12, store, store);
    }

    [Fact]
    public void Its_state_can_be_shown()
    {
        town.Opens(store, shelf, 12);
        Assert.Contains("12", town.State(shelf).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_count_raises_and_lowers()
    {
        town.Opens(store, shelf, 12);
        town.Happens(town.Event("lower", store, shelf, 2.25m));
        town.Happens(town.Event("raise", store, shelf, 0.5m));
        town.Has(shelf, 10.25m, 10.25m);
    }

    [Fact]
    public void Nothing_is_lowered_below_nothing()
    {
        town.Opens(store, shelf, 12);
        var refusal = town.Refuses<Overdraft>(town.Event("lower", store, shelf, 13));
        Assert.Equal((Town.Amount(12), Town.Amount(13)), (refusal.There, refusal.Asked));
    }

    [Fact]
    public void What_is_not_there_cannot_be_lowered() => town.Refuses<NotThereYet>(town.Event("lower", store, shelf, 0));

    [Fact]
    public void A_count_needs_its_reason() => town.Refuses<MissingReason>(town.Event("raise", store, shelf, 1) with { HasReason = false });

    [Fact]
    public void A_harvest_needs_none() =>
        town.Refuses<UnexpectedReason>(town.Event("produce", store, shelf, 1) with { OutputOf = town.Process("mixing"), HasReason = true });

    [Fact]
    public void Two_cannot_count() => town.Refuses<TwoParties>(town.Event("raise", store, neighbour, shelf, 1));

    [Fact]
    public void A_neighbour_does_not_count_the_store_s_shelf()
    {
        town.Opens(store, shelf, 12);
        town.Refuses<NotEntitled>(town.Event("raise", neighbour, shelf, 1));
        town.Refuses<NotEntitled>(town.Event("lower", neighbour, shelf, 1));
    }

    [Fact]
    public void A_recount_of_the_past_that_breaks_a_later_sale_is_refused()
    {
        town.Opens(store, shelf, 12);
        var recount = town.Event("lower", store, shelf, 3);
        var sale = town.Happens(town.Event("consume", store, shelf, 10) with { InputOf = town.Process("painting") });

        Assert.Equal(sale.Position, town.Refuses<LaterEventImpossible>(recount).Position);
    }
}
