namespace Kera.Flows.Tests.Scenarios;

/// <summary>Bricks for money between two neighbours, both ways or not at all.</summary>
public class Exchanges
{
    private readonly Town town = new();
    private readonly Agent mason;
    private readonly Agent builder;
    private readonly EconomicResource pallet;
    private readonly EconomicResource builders;
    private readonly EconomicResource till;
    private readonly EconomicResource purse;
    private readonly Agreement deal = new(1, "deal");

    public Exchanges()
    {
        (mason, builder) = (town.Agent("mason"), town.Agent("builder"));
        var (brick, money) = (town.Kind("brick", "1"), town.Kind("money", "EUR"));
        (pallet, builders) = (town.Stock("pallet", brick), town.Stock("builders", brick));
        (till, purse) = (town.Stock("till", money), town.Stock("purse", money));
        town.Opens(mason, pallet, 500);
        town.Opens(mason, till, 0);
        town.Opens(builder, purse, 100);
    }

    private EconomicEvent Bricks(decimal amount) => town.Event("transfer", mason, builder, pallet, amount, builders) with { RealizationOf = deal };

    private EconomicEvent Payment(decimal amount) => town.Event("transfer", builder, mason, purse, amount, till) with { RealizationOf = deal };

    [Fact]
    public void Both_sides_change_hands_in_one_transaction()
    {
        town.Happens(Bricks(200), Payment(80.5m));

        town.Has(pallet, 300, 300, mason, mason);
        town.Has(builders, 200, 200, builder, builder);
        town.Has(till, 80.5m, 80.5m, mason);
        town.Has(purse, 19.5m, 19.5m, builder);
    }

    [Fact]
    public void Without_the_money_the_bricks_stay_too()
    {
        var result = town.Book.Append([Bricks(200), Payment(100.000001m)]);

        Assert.Equal(1, result.RefusedIndex);
        Assert.IsType<Overdraft>(result.Refusal);
        town.Has(pallet, 500, 500);
        Assert.Null(town.Book.StateOf(builders));
    }

    [Fact]
    public void Nobody_sells_what_belongs_to_another() =>
        town.Refuses<NotEntitled>(town.Event("transfer", builder, mason, pallet, 500));

    [Fact]
    public void Nobody_sells_to_themselves() =>
        town.Refuses<SelfTransfer>(town.Event("transfer", mason, mason, pallet, 500));

    [Fact]
    public void Nothing_lands_in_a_stock_that_is_not_the_receiver_s()
    {
        var carpenter = town.Agent("carpenter");
        town.Happens(Bricks(1));
        town.Refuses<NotEntitled>(town.Event("transfer", mason, carpenter, pallet, 1, builders));
    }

    [Fact]
    public void Rights_can_go_while_the_bricks_wait_in_the_yard()
    {
        town.Happens(town.Event("transferAllRights", mason, builder, pallet, 500));
        town.Has(pallet, 500, 500, builder, mason);

        town.Refuses<NotEntitled>(town.Event("transfer", mason, builder, pallet, 500));
        town.Happens(town.Event("transferCustody", mason, builder, pallet, 500));
        town.Has(pallet, 500, 500, builder, builder);
    }

    [Fact]
    public void Rights_of_a_part_make_a_resource_with_an_account_and_nothing_on_hand()
    {
        town.Happens(town.Event("transferAllRights", mason, builder, pallet, 200, builders));

        town.Has(pallet, 300, 500, mason, mason);
        town.Has(builders, 200, 0, builder, mason);
    }
}
