namespace Kera.Flows.Tests.Scenarios;

/// <summary>Lots stay apart unless they are put where lots do not matter.</summary>
public class BatchesAndLots
{
    private readonly Town town = new();
    private readonly Agent dairy;
    private readonly Agent shop;
    private readonly EconomicResource monday;
    private readonly EconomicResource mondayShelf;
    private readonly EconomicResource tuesdayShelf;
    private readonly EconomicResource anyShelf;

    public BatchesAndLots()
    {
        (dairy, shop) = (town.Agent("dairy"), town.Agent("shop"));
        var milk = town.Kind("milk", "L");
        monday = town.Stock("monday", milk, "MON");
        (mondayShelf, tuesdayShelf, anyShelf) = (town.Stock("monday shelf", milk, "MON"), town.Stock("tuesday shelf", milk, "TUE"), town.Stock("any shelf", milk));
        town.Happens(town.Event("produce", dairy, monday, 100) with { OutputOf = town.Process("milking") });
    }

    [Fact]
    public void The_same_lot_goes_together()
    {
        town.Happens(town.Event("transfer", dairy, shop, monday, 30, mondayShelf));
        town.Happens(town.Event("transfer", dairy, shop, monday, 20, mondayShelf));
        town.Has(mondayShelf, 50, 50, shop, shop);
    }

    [Fact]
    public void Another_lot_stays_apart() => town.Refuses<DifferentKind>(town.Event("transfer", dairy, shop, monday, 30, tuesdayShelf));

    [Fact]
    public void A_stock_without_lots_takes_any() => town.Happens(town.Event("transfer", dairy, shop, monday, 30, anyShelf));

    [Fact]
    public void What_has_lost_its_lot_does_not_find_it_again()
    {
        town.Happens(town.Event("transfer", dairy, shop, monday, 30, anyShelf));
        town.Refuses<DifferentKind>(town.Event("move", shop, anyShelf, 30, mondayShelf));
    }
}
