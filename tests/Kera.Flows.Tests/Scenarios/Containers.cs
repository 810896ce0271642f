namespace Kera.Flows.Tests.Scenarios;

/// <summary>Things in boxes, boxes in crates, and nothing inside itself.</summary>
public class Containers
{
    private readonly Town town = new();
    private readonly Agent store;
    private readonly EconomicResource cups;
    private readonly EconomicResource box;
    private readonly EconomicResource crate;
    private readonly Process packing;

    public Containers()
    {
        store = town.Agent("store");
        var (cup, carton) = (town.Kind("cup", "1"), town.Kind("carton", "1"));
        (cups, box, crate) = (town.Stock("cups", cup), town.Thing("box", carton), town.Thing("crate", carton));
        packing = town.Process("packing", "packed");
        town.Opens(store, cups, 24);
        town.Opens(store, box, 1);
        town.Opens(store, crate, 1);
    }

    private EconomicEvent Combine(EconomicResource what, EconomicResource into, decimal amount = 1) =>
        town.Event("combine", store, what, amount, into) with { InputOf = packing };

    private EconomicEvent Separate(EconomicResource what, decimal amount = 1) => town.Event("separate", store, what, amount) with { OutputOf = packing };

    [Fact]
    public void In_and_out_again()
    {
        town.Happens(Combine(cups, box, 24));
        town.Has(cups, 24, 0, store, store);
        Assert.Equal(box, town.State(cups).Container);

        town.Happens(Separate(cups, 20));
        Assert.Equal(box, town.State(cups).Container);

        town.Happens(Separate(cups, 4));
        town.Has(cups, 24, 24);
        Assert.Null(town.State(cups).Container);
    }

    [Fact]
    public void What_is_in_one_box_is_not_put_into_another_as_well()
    {
        town.Happens(Combine(cups, box, 20));
        town.Refuses<WrongPairing>(Combine(cups, crate, 4));
    }

    [Fact]
    public void What_is_in_a_box_comes_out_before_it_is_sold()
    {
        town.Happens(Combine(cups, box, 24));
        var guest = town.Agent("guest");
        town.Refuses<PartNeedsResource>(town.Event("transfer", store, guest, cups, 24));
        town.Happens(Separate(cups, 24));
        town.Happens(town.Event("transfer", store, guest, cups, 24));
    }

    [Fact]
    public void No_more_comes_out_than_went_in()
    {
        town.Happens(Combine(cups, box, 20));
        Assert.False(town.Book.Append([Separate(cups, 21)]).Accepted);
    }

    [Fact]
    public void A_box_is_not_put_into_itself() => Assert.False(town.Book.Append([Combine(box, box)]).Accepted);

    [Fact]
    public void A_box_is_not_put_into_what_it_holds()
    {
        town.Happens(Combine(box, crate));
        town.Refuses<ContainedInItself>(Combine(crate, box));
    }

    [Fact]
    public void Nor_into_what_lies_deeper()
    {
        town.Happens(Combine(cups, box, 24), Combine(box, crate));
        town.Refuses<ContainedInItself>(Combine(crate, cups));
    }

    [Fact]
    public void Nor_before_the_containment_that_is_already_recorded()
    {
        var before = Combine(crate, box);
        var inside = town.Happens(Combine(box, crate));

        var refusal = town.Refuses<LaterEventImpossible>(before);
        Assert.Equal(inside.Position, refusal.Position);
    }

    [Fact]
    public void After_it_came_out_the_other_way_round_is_fine()
    {
        town.Happens(Combine(box, crate), Separate(box), Combine(crate, box));
        Assert.Equal((box, null), (town.State(crate).Container, town.State(box).Container));
    }

    [Fact]
    public void Correcting_the_coming_out_away_would_close_a_circle()
    {
        town.Happens(Combine(box, crate));
        var cameOut = town.Happens(Separate(box));
        var otherWay = town.Happens(Combine(crate, box));

        var refusal = town.Refuses<LaterEventImpossible>(Town.Correction(cameOut, -1));
        Assert.Equal(otherWay.Position, refusal.Position);
        Assert.Null(town.State(box).Container);
    }

    [Fact]
    public void A_late_containment_may_not_close_a_circle_through_a_third()
    {
        var late = Combine(cups, box, 24);
        town.Happens(Combine(box, crate));
        var last = town.Happens(Combine(crate, cups));

        Assert.Equal(last.Position, town.Refuses<LaterEventImpossible>(late).Position);
    }

    [Fact]
    public void The_container_has_to_be_there() =>
        town.Refuses<NotThereYet>(Combine(cups, town.Thing("no such box", box.ConformsTo), 24));
}
