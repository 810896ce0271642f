namespace Kera.Flows.Tests.Scenarios;

/// <summary>Wholes and parts: a part becomes a resource of its own.</summary>
public class PartialTransfers
{
    private readonly Town town = new();
    private readonly Agent yard;
    private readonly Agent school;
    private readonly Agent quarry;
    private readonly ResourceSpecification sand;
    private readonly EconomicResource heap;
    private readonly EconomicResource box;
    private readonly SpatialThing playground;

    public PartialTransfers()
    {
        (yard, school, quarry) = (town.Agent("yard"), town.Agent("school"), town.Outside("quarry"));
        sand = town.Kind("sand", "t");
        (heap, box) = (town.Stock("heap", sand), town.Stock("sandbox", sand));
        playground = town.Place("playground");
        town.Opens(yard, heap, 10);
    }

    [Fact]
    public void The_whole_changes_hands_as_it_is()
    {
        town.Happens(town.Event("transfer", yard, school, heap, 10) with { ToLocation = playground });
        town.Has(heap, 10, 10, school, school);
        Assert.Equal(playground, town.State(heap).Location);
    }

    [Theory]
    [InlineData("transfer")]
    [InlineData("transferAllRights")]
    [InlineData("transferCustody")]
    public void A_part_without_a_resource_of_its_own_is_refused(string action) =>
        town.Refuses<PartNeedsResource>(town.Event(action, yard, school, heap, 9));

    [Fact]
    public void A_part_moved_without_a_resource_of_its_own_is_refused() =>
        town.Refuses<PartNeedsResource>(town.Event("move", yard, heap, 9) with { ToLocation = playground });

    [Fact]
    public void A_part_becomes_a_resource_with_what_the_whole_had()
    {
        var washed = town.Process("washing", "washed");
        town.Happens(town.Event("accept", yard, heap, 10) with { InputOf = washed }, town.Event("modify", yard, heap, 10) with { OutputOf = washed });
        town.Happens(town.Event("move", yard, heap, 3, box) with { ToLocation = playground, State = "clean" });

        town.Has(heap, 7, 7, yard, yard);
        town.Has(box, 3, 3, yard, yard);
        var state = town.State(box);
        Assert.Equal((playground, washed.BasedOn, "clean"), (state.Location, state.Stage, state.State));
        Assert.Null(town.State(heap).State);
    }

    [Fact]
    public void A_part_given_into_custody_still_belongs_to_the_yard()
    {
        town.Happens(town.Event("transferCustody", yard, school, heap, 3, box));

        // Custody moves what is on hand, not the account.
        town.Has(heap, 10, 7, yard, yard);
        town.Has(box, 0, 3, yard, school);
    }

    [Fact]
    public void A_part_given_into_custody_comes_back()
    {
        town.Happens(town.Event("transferCustody", yard, school, heap, 3, box));
        town.Refuses<Overdraft>(town.Event("consume", school, box, 1) with { InputOf = town.Process("play") });
        town.Happens(town.Event("transferCustody", school, yard, box, 3, heap));

        town.Has(heap, 10, 10, yard, yard);
        town.Has(box, 0, 0, yard, school);
    }

    [Fact]
    public void Carrying_makes_nobody_s_sand_another_s()
    {
        town.Opens(school, box, 1);
        town.Refuses<NotEntitled>(town.Event("transferCustody", yard, school, heap, 3, box));
        town.Refuses<NotEntitled>(town.Event("move", yard, heap, 3, box));
    }

    [Fact]
    public void Sand_does_not_become_gravel() =>
        town.Refuses<DifferentKind>(town.Event("transfer", yard, school, heap, 3, town.Stock("gravel", town.Kind("gravel", "t"))));

    [Fact]
    public void More_than_there_is_does_not_go() => town.Refuses<Overdraft>(town.Event("transfer", yard, school, heap, 10.000001m, box));

    [Fact]
    public void From_outside_it_comes_one_sided()
    {
        town.Happens(town.Event("transfer", quarry, school, null, 5, box) with { ToLocation = playground });
        town.Has(box, 5, 5, school, school);
        Assert.Equal(playground, town.State(box).Location);
        town.Refuses<NotEntitled>(town.Event("transfer", quarry, yard, null, 5, box));
    }

    [Fact]
    public void To_outside_it_may_go_in_parts_and_the_rest_stays_as_it_is()
    {
        town.Happens(town.Event("transfer", yard, quarry, heap, 4));
        town.Has(heap, 6, 6, yard, yard);
    }

    [Fact]
    public void Inside_a_transfer_names_what_it_takes_from() =>
        town.Refuses<MissingResource>(town.Event("transfer", yard, school, null, 5, box));
}
