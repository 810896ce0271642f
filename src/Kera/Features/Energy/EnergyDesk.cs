using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Readings;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Features.Energy.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NodaTime;

namespace Kera.Features.Energy;

/// <summary>The desk of who holds plants: how each is run, what waits for approval, and what it did. Only who acts for the holder comes in.</summary>
internal static class EnergyDesk
{
    private static readonly Duration LookBack = Duration.FromHours(24);
    private static readonly Duration LookAhead = Duration.FromHours(2);

    internal static string Root => "/energy-desk";

    public static void Map(IEndpointRouteBuilder pages)
    {
        var desk = pages.MapGroup(Root + "/{agent}").RequireOperationForAgent(Operation.PartnerDesk).NotStored();
        desk.MapGet("", DeskAsync);
        desk.MapPost("/{plant}/mode", ModeAsync);
        desk.MapPost("/{plant}/approve", ApproveAsync);
    }

    internal static string PathOf(string agent) => $"{Root}/{Uri.EscapeDataString(agent)}";

    /// <summary>The section of a person's own page: the plants of the agents that they act for.</summary>
    internal static MySectionContent? Section(HttpContext context, SignedIn me)
    {
        var energy = context.RequestServices.GetRequiredService<DistrictInForce>().Model?.Energy;
        var catalog = context.RequestServices.GetRequiredService<Catalog>();
        var agents = me.Roles.Where(grant => grant.Role == Role.Partner && (energy?.Plants.Values.Any(plant => plant.Holder == grant.Agent) == true || energy?.Flexibilities.Values.Any(flexibility => flexibility.Holder == grant.Agent) == true))
            .Select(grant => catalog.Find(catalog.Agents, grant.Agent!)?.Row).OfType<AgentRow>()
            .Where(agent => !agent.Retired)
            .ToList();
        return agents.Count == 0 ? null : new MySectionContent("energy-desks", "energy.desk.plants", typeof(DeskSection), new Dictionary<string, object> { ["Agents"] = agents });
    }

    private static async Task<IResult> DeskAsync(PageContext page, string agent, HttpContext context, DistrictInForce district, EnergyOperating operating, EnergyOffers offers, EnergyPast past, IClock clock, string? told, CancellationToken cancellation)
    {
        var plants = Plants(district, agent);
        var flexibilities = (district.Model?.Energy?.Flexibilities.Values ?? []).Where(flexibility => flexibility.Holder == agent).ToList();
        if (plants.Count + flexibilities.Count == 0)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        var now = clock.GetCurrentInstant();
        var hour = Hours.Of(now);
        List<(DistrictFlexibility, IReadOnlyList<EnergyOfferRow>)> offered = [];
        foreach (var flexibility in flexibilities)
        {
            offered.Add((flexibility, await offers.ListAsync(flexibility.Key, now, cancellation)));
        }

        return new RazorComponentResult<EnergyDeskPage>(new
        {
            Page = page,
            Agent = agent,
            Now = now,
            Next = offers.Next,
            Plants = plants,
            Modes = await operating.ModesAsync(cancellation),
            Setpoints = await operating.SetpointsAsync(hour - LookBack, hour + LookAhead, cancellation),
            Past = await past.ReadAsync(context.Reader(), hour - LookBack, hour, cancellation),
            Offers = (IReadOnlyList<(DistrictFlexibility, IReadOnlyList<EnergyOfferRow>)>)offered,
            Told = told is "saved" or "approved" or "gone" ? told : null,
        });
    }

    private static async Task<IResult> ModeAsync(PageContext page, string agent, string plant, SignedIn me, DistrictInForce district, EnergyOperating operating, EnergyPlanning planning, [FromForm] string? mode, CancellationToken cancellation)
    {
        if (Plants(district, agent).Find(each => each.Key == plant) is not { } known)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        if (!Enum.TryParse<PlantMode>(mode, out var wanted) || !Enum.IsDefined(wanted))
        {
            return UiExtensions.Problem(page, StatusCodes.Status400BadRequest);
        }

        await operating.SetModeAsync(known, wanted, me.Actor, cancellation);
        await planning.RunAsync(cancellation);
        return Results.LocalRedirect(page.Url(PathOf(agent)) + "?told=saved");
    }

    private static async Task<IResult> ApproveAsync(PageContext page, string agent, string plant, SignedIn me, DistrictInForce district, EnergyOperating operating, [FromForm] long? hour, CancellationToken cancellation)
    {
        if (Plants(district, agent).Find(each => each.Key == plant) is not { } known || hour is not > 0)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        var approved = await operating.ApproveAsync(known, DistrictCalendar.ToInstant(hour.Value), me.Actor, cancellation);
        return Results.LocalRedirect(page.Url(PathOf(agent)) + (approved ? "?told=approved" : "?told=gone"));
    }

    private static List<DistrictPlant> Plants(DistrictInForce district, string agent) => [.. (district.Model?.Energy?.Plants.Values ?? []).Where(plant => plant.Holder == agent)];
}
