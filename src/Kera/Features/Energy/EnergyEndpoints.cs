using Kera.Base.Api;
using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Base.Live;
using Kera.Base.Readings;
using Kera.Base.Store;
using NodaTime;

namespace Kera.Features.Energy;

/// <summary>The newest plan: powers in kW, stores in kWh, a number for each hour.</summary>
public sealed record EnergyPlanDocument
{
    /// <summary>The beginning of the first hour.</summary>
    public required Instant First { get; init; }

    /// <summary>When it was made.</summary>
    public required Instant Made { get; init; }

    /// <summary>How many hours.</summary>
    public required int Hours { get; init; }

    /// <summary>By demand, supply, plant and way of a grid, its power.</summary>
    public required IReadOnlyDictionary<string, double[]> Power { get; init; }

    /// <summary>By store, what it holds at the end of each hour.</summary>
    public required IReadOnlyDictionary<string, double[]> Held { get; init; }

    /// <summary>By bus, what a MWh more would cost.</summary>
    public required IReadOnlyDictionary<string, double[]> Prices { get; init; }

    /// <summary>In what the prices are: EUR/MWh, or kg{CO2e}/MWh where the plan seeks the least carbon.</summary>
    public required string PriceUnit { get; init; }

    /// <summary>What the plan seeks the least of.</summary>
    public required PlanAim Seek { get; init; }

    /// <summary>EUR.</summary>
    public required double Cost { get; init; }

    /// <summary>kg CO2e; left out where nothing is known of the intensity of what is bought.</summary>
    public double? Carbon { get; init; }
}

/// <summary>What a plant runs at in an hour.</summary>
public sealed record EnergySetpointDocument
{
    public required string Plant { get; init; }

    /// <summary>The beginning of the hour.</summary>
    public required Instant HasBeginning { get; init; }

    /// <summary>kW of what the plant gives.</summary>
    public required double Kilowatts { get; init; }

    /// <summary>Why it is what it is: the plan, a limit of the plant, or the fallback where there was no plan.</summary>
    public required SetpointCause Cause { get; init; }

    /// <summary>Advised, proposed (it waits for approval) or in force.</summary>
    public required SetpointState State { get; init; }

    /// <summary>Of what nothing was known, or <c>solver</c>, where there was no plan.</summary>
    public string? Reason { get; init; }

    internal static EnergySetpointDocument Of(EnergySetpointRow row) => new()
    {
        Plant = row.Plant,
        HasBeginning = DistrictCalendar.ToInstant(row.Hour),
        Kilowatts = row.Kilowatts,
        Cause = row.Cause,
        State = row.State,
        Reason = row.Reason.Length == 0 ? null : row.Reason,
    };
}

/// <summary>The plan and the setpoints for programs.</summary>
internal static class EnergyEndpoints
{
    // A day behind and what is ahead: who wants more asks the plans.
    private static readonly Duration Behind = Duration.FromHours(24);
    private static readonly Duration Ahead = Duration.FromHours(48);

    public static void MapEnergy(this RouteGroupBuilder api)
    {
        api.MapGet("/energy/plan", PlanAsync).Describes<EnergyPlanDocument>("Energy", "The newest plan of the district's heat and power");
        api.MapGet("/energy/setpoints", SetpointsAsync).Describes<IReadOnlyList<EnergySetpointDocument>>("Energy", "What plants run at, hour by hour: the last day and what is ahead");
        var stream = api.MapGet("/energy/setpoints/stream", (HttpContext context, SetpointStream setpoints, LiveBroadcaster broadcaster, CancellationToken cancellation) => setpoints.TellAsync(context, broadcaster, cancellation))
            .WithTags("Energy")
            .WithSummary("Tells as server-sent events what plants run at: all setpoints from the running hour on at first, then each that is new or another, within a second or two. Who comes again is told all again.")
            .Produces<string>(contentType: "text/event-stream");
        foreach (var status in new[] { 401, 429 })
        {
            stream.ProducesProblem(status);
        }
    }

    private static async Task<IResult> PlanAsync(EnergyPlanning planning, CancellationToken cancellation) =>
        await planning.NewestAsync(cancellation) is { Content: var plan, Row: var row }
            ? new Answer(new EnergyPlanDocument
            {
                First = plan.At(0),
                Made = DistrictCalendar.ToInstant(row.Made),
                Hours = plan.Hours,
                Power = plan.Levels,
                Held = plan.StoreLevels,
                Prices = plan.Prices,
                PriceUnit = plan.PriceUnit,
                Seek = plan.Goal?.Aim ?? PlanAim.Cost,
                Cost = Math.Round(plan.Cost, 2),
                Carbon = plan.Carbon is { } carbon ? Math.Round(carbon, 2) : null,
            })
            : Results.Problem("There is no plan.", statusCode: StatusCodes.Status404NotFound);

    private static async Task<IResult> SetpointsAsync(EnergyOperating operating, IClock clock, CancellationToken cancellation)
    {
        var hour = Hours.Of(clock.GetCurrentInstant());
        return new Answer((await operating.SetpointsAsync(hour - Behind, hour + Ahead, cancellation)).Select(EnergySetpointDocument.Of).ToList());
    }
}
