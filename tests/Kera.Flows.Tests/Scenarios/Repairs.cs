namespace Kera.Flows.Tests.Scenarios;

/// <summary>A bicycle goes to the workshop and comes back repaired.</summary>
public class Repairs
{
    private readonly Town town = new();
    private readonly Agent rider;
    private readonly Agent workshop;
    private readonly EconomicResource bicycle;
    private readonly Process repair;

    public Repairs()
    {
        (rider, workshop) = (town.Agent("rider"), town.Agent("workshop"));
        bicycle = town.Thing("bicycle", town.Kind("bicycle", "1"));
        repair = town.Process("repair", "repaired");
        town.Happens(town.Event("raise", rider, bicycle, 1) with { State = "broken" });
    }

    private EconomicEvent Accept() => town.Event("accept", rider, workshop, bicycle, 1) with { InputOf = repair };

    private EconomicEvent Modify() => town.Event("modify", workshop, rider, bicycle, 1) with { OutputOf = repair, State = "good" };

    [Fact]
    public void It_comes_back_with_a_stage_and_a_state()
    {
        town.Happens(Accept());
        town.Has(bicycle, 1, 0, rider, workshop);
        Assert.Equal(("broken", null), (town.State(bicycle).State, town.State(bicycle).Stage));

        town.Happens(Modify());
        town.Has(bicycle, 1, 1, rider, rider);
        Assert.Equal(("good", repair.BasedOn), (town.State(bicycle).State, town.State(bicycle).Stage));
    }

    [Fact]
    public void It_cannot_be_in_two_workshops() =>
        Assert.False(town.Book.Append([Accept(), Accept() with { InputOf = town.Process("paint") }]).Accepted);

    [Fact]
    public void It_cannot_come_back_before_it_went()
    {
        town.Happens(Accept());
        town.Refuses<WrongPairing>(Modify() with { Provider = rider, PointInTime = Town.At(0) + 3_600_000_001 });
    }

    [Fact]
    public void What_was_accepted_is_not_dropped_off()
    {
        town.Happens(Accept());
        town.Refuses<WrongPairing>(town.Event("dropoff", workshop, rider, bicycle, 1) with { OutputOf = repair });
    }

    [Fact]
    public void The_workshop_may_scrap_only_what_is_on_hand()
    {
        town.Happens(Accept());
        town.Refuses<Overdraft>(town.Event("lower", workshop, bicycle, 1));
    }

    [Fact]
    public void It_can_be_repaired_twice()
    {
        town.Happens(Accept(), Modify());
        var second = town.Process("second repair");
        town.Happens(Accept() with { InputOf = second }, Modify() with { OutputOf = second, State = "worn" });

        // The second process has no specification: the stage stays.
        Assert.Equal(("worn", repair.BasedOn), (town.State(bicycle).State, town.State(bicycle).Stage));
    }
}
