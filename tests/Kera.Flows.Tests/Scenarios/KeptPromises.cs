namespace Kera.Flows.Tests.Scenarios;

/// <summary>A promise of bricks, kept in parts.</summary>
public class KeptPromises
{
    private readonly Town town = new();
    private readonly Agent mason;
    private readonly Agent builder;
    private readonly ResourceSpecification brick;
    private readonly EconomicResource pallet;
    private readonly EconomicResource site;
    private readonly Commitment promise;

    public KeptPromises()
    {
        (mason, builder) = (town.Agent("mason"), town.Agent("builder"));
        brick = town.Kind("brick", "1", "h");
        (pallet, site) = (town.Stock("pallet", brick), town.Stock("site", brick));
        promise = Promise("transfer", 100, null);
        town.Opens(mason, pallet, 500);
    }

    private Commitment Promise(string action, decimal? amount, decimal? hours, EconomicResource? of = null) => new(
        action.Length + (of?.Id ?? 0), $"promise to {action}", FlowAction.Find(action), mason, builder, brick, of,
        amount is { } bricks ? Town.Amount(bricks) : null, hours is { } effort ? Town.Amount(effort) : null, null, null);

    private EconomicEvent Delivery(decimal amount, params IReadOnlyList<Fulfilment> fulfills) =>
        town.Event("transfer", mason, builder, pallet, amount, site) with { Fulfills = fulfills };

    private static Fulfilment Takes(Commitment promise, decimal amount) => new(promise, Town.Amount(amount));

    [Fact]
    public void Deliveries_add_up_and_the_surplus_shows()
    {
        Assert.Equal(Quantity.Zero, town.Book.FulfilledOf(promise));
        town.Happens(Delivery(60, Takes(promise, 60)));
        town.Happens(Delivery(60, Takes(promise, 50)));
        Assert.Equal(Town.Amount(110), town.Book.FulfilledOf(promise));
    }

    [Fact]
    public void One_delivery_cannot_keep_two_promises_with_the_same_bricks()
    {
        var other = Promise("transfer", 100, null, pallet);
        town.Refuses<WrongFulfilment>(Delivery(60, Takes(promise, 60), Takes(other, 1)));
        town.Happens(Delivery(60, Takes(promise, 40), Takes(other, 20)));
        Assert.Equal((Town.Amount(40), Town.Amount(20)), (town.Book.FulfilledOf(promise), town.Book.FulfilledOf(other)));
    }

    [Fact]
    public void A_promise_is_named_once() => town.Refuses<WrongFulfilment>(Delivery(60, Takes(promise, 10), Takes(promise, 10)));

    [Fact]
    public void A_link_takes_something() => town.Refuses<WrongFulfilment>(Delivery(60, Takes(promise, 0)));

    [Fact]
    public void Another_action_does_not_keep_it()
    {
        var custody = town.Event("transferCustody", mason, builder, pallet, 500) with { Fulfills = [Takes(promise, 1)] };
        town.Refuses<WrongFulfilment>(custody);
    }

    [Fact]
    public void Another_receiver_does_not_keep_it()
    {
        var gift = town.Event("transfer", mason, town.Agent("passer-by"), pallet, 1, site) with { Fulfills = [Takes(promise, 1)] };
        town.Refuses<WrongFulfilment>(gift);
    }

    [Fact]
    public void A_promise_of_one_pallet_is_not_kept_from_another()
    {
        var spare = town.Stock("spare", brick);
        town.Opens(mason, spare, 10);
        var named = Promise("transfer", 10, null, pallet);
        town.Refuses<WrongFulfilment>(Delivery(1, Takes(named, 1)) with { Resource = spare });
    }

    [Fact]
    public void A_finished_promise_takes_no_more()
    {
        town.Happens(Delivery(60, Takes(promise, 60)));
        town.Book.Finish(promise);

        town.Refuses<WrongFulfilment>(Delivery(40, Takes(promise, 40)));
        Assert.Equal(Town.Amount(60), town.Book.FulfilledOf(promise));
    }

    [Fact]
    public void A_promise_of_hours_is_kept_by_hours()
    {
        var use = Promise("use", null, 8);
        var used = town.Effort("use", mason, builder, town.Process("building"), 5) with { Resource = pallet };

        town.Refuses<WrongFulfilment>(used with { Fulfills = [Takes(use, 6)] });
        town.Happens(used with { Fulfills = [Takes(use, 5)] });
        Assert.Equal(Town.Amount(5), town.Book.FulfilledOf(use));
    }

    [Fact]
    public void A_delivery_is_not_corrected_below_what_it_kept()
    {
        var delivery = town.Happens(Delivery(60, Takes(promise, 50)));

        Assert.False(town.Book.Append([Town.Correction(delivery, -11)]).Accepted);
        town.Happens(Town.Correction(delivery, -10));
        Assert.Equal(Town.Amount(50), town.Book.FulfilledOf(promise));
    }

    [Fact]
    public void A_refused_delivery_keeps_nothing()
    {
        town.Refuses<Overdraft>(Delivery(60, Takes(promise, 60)), Delivery(1_000, Takes(promise, 40)));
        Assert.Equal(Quantity.Zero, town.Book.FulfilledOf(promise));
    }
}
