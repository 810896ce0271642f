namespace Kera.Flows.Tests.Scenarios;

/// <summary>A drill goes out, is used, and comes back.</summary>
public class Rentals
{
    private readonly Town town = new();
    private readonly Agent library;
    private readonly Agent tenant;
    private readonly Agent friend;
    private readonly EconomicResource drill;
    private readonly Process home;

    public Rentals()
    {
        (library, tenant, friend) = (town.Agent("library"), town.Agent("tenant"), town.Agent("friend"));
        drill = town.Thing("drill-7", town.Kind("drill", "1", "h"));
        home = town.Process("home improvement");
        town.Opens(library, drill, 1);
    }

    [Fact]
    public void Out_used_and_back()
    {
        town.Happens(town.Event("transferCustody", library, tenant, drill, 1));
        town.Has(drill, 1, 1, library, tenant);

        town.Happens(town.Effort("use", tenant, tenant, home, 2.5m) with { Resource = drill });
        town.Has(drill, 1, 1, library, tenant);

        town.Happens(town.Event("transferCustody", tenant, library, drill, 1));
        town.Has(drill, 1, 1, library, library);
    }

    [Fact]
    public void Who_only_holds_it_cannot_give_it_away()
    {
        town.Happens(town.Event("transferCustody", library, tenant, drill, 1));

        town.Refuses<NotEntitled>(town.Event("transfer", tenant, friend, drill, 1));
        town.Refuses<NotEntitled>(town.Event("transferAllRights", tenant, friend, drill, 1));
    }

    [Fact]
    public void Who_holds_it_may_lend_it_on_and_the_library_still_answers_for_it()
    {
        town.Happens(town.Event("transferCustody", library, tenant, drill, 1));
        town.Happens(town.Event("transferCustody", tenant, friend, drill, 1));

        town.Has(drill, 1, 1, library, friend);
        town.Refuses<NotEntitled>(town.Effort("use", tenant, tenant, home, 1) with { Resource = drill });
    }

    [Fact]
    public void A_stranger_can_neither_lend_nor_use_it()
    {
        town.Refuses<NotEntitled>(town.Event("transferCustody", friend, tenant, drill, 1));
        town.Refuses<NotEntitled>(town.Effort("use", friend, friend, home, 1) with { Resource = drill });
    }

    [Fact]
    public void A_half_cannot_be_lent() =>
        town.Refuses<PartNeedsResource>(town.Event("transferCustody", library, tenant, drill, 0.5m));

    [Fact]
    public void There_is_never_a_second_one() =>
        town.Refuses<MoreThanOne>(town.Event("raise", library, drill, 1));

    [Fact]
    public void Effort_is_kept_in_the_drill_s_hours()
    {
        var used = town.Happens(town.Effort("use", library, library, home, 90) with { Resource = drill, EffortUnit = Unit.Find("min") });

        Assert.Equal((Town.Amount(1.5m), "h"), (used.EffortQuantity!.Value, used.EffortUnit!.Code));
    }
}
