using System.Text.Json;
using Kera.Base.Access;
using Kera.Base.Api;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Readings;
using Kera.Base.Store;
using NodaTime;

namespace Kera.Features.Energy;

/// <summary>An offer to move use, as it is sent.</summary>
public record EnergyOfferFields
{
    /// <summary><c>charging</c>, <c>run</c> or <c>shift</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>The beginning of its window, a full hour.</summary>
    public Instant? HasBeginning { get; init; }

    /// <summary>The end of its window, a full hour, at most 48 later.</summary>
    public Instant? HasEnd { get; init; }

    /// <summary>kW: the most that is charged or shifted, or what it runs at.</summary>
    public double? Power { get; init; }

    /// <summary>kWh: of charging what is wanted by the end, of a shift the most that is held ahead.</summary>
    public double? Energy { get; init; }

    /// <summary>Of a run, for how many hours.</summary>
    public int? Hours { get; init; }

    /// <summary>Of a run, whether it may stop and go on.</summary>
    public bool? Interruptible { get; init; }

    /// <summary>Of a shift, what is lost in an hour of what is held ahead, per cent.</summary>
    public double? LossPercent { get; init; }
}

/// <summary>An offer and what is planned of it.</summary>
public sealed record EnergyOfferDocument : EnergyOfferFields
{
    /// <summary>Its key.</summary>
    public required string Id { get; init; }

    /// <summary>What is planned by hour of its window; hours of which nothing is planned yet are left out.</summary>
    public required IReadOnlyList<EnergyOfferHour> Schedule { get; init; }

    /// <summary>kWh of charging that is not in the schedule; left out where it is not planned yet, and of other kinds.</summary>
    public double? Missing { get; init; }
}

/// <summary>An hour of a schedule.</summary>
/// <param name="HasBeginning">The beginning of the hour.</param>
/// <param name="Kilowatts">kW to take; of a shift more than usual, or less where it is below zero.</param>
public sealed record EnergyOfferHour(Instant HasBeginning, double Kilowatts);

/// <summary>What became of an offer.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Created">Whether it is new.</param>
public sealed record EnergyOfferReceipt(string Id, bool Created);

/// <summary>Offers of buildings and chargers: only programs of who holds them see them or change them.</summary>
internal static class OfferEndpoints
{
    private const string Path = "/energy/flexibilities/{flexibility}/offers";
    private static readonly Duration LookBack = Duration.FromHours(24);
    private static readonly string[] Fields = ["kind", "hasBeginning", "hasEnd", "power", "energy", "hours", "interruptible", "lossPercent"];

    public static void Describe(IServiceCollection services)
    {
        services.AddSingleton(new ApiParameter("flexibility", "The key of a flexibility in energy.yaml that the token's agent holds.", "bus-chargers"));
        services.AddSingleton(new ApiExample(Path[1..] + "/{id}", """{ "kind": "charging", "hasBeginning": "2026-11-24T20:00:00Z", "hasEnd": "2026-11-25T04:00:00Z", "power": 150, "energy": 600 }"""));
    }

    public static void MapOffers(this RouteGroupBuilder api)
    {
        api.MapGet(Path, ListAsync).RequireScope(Scopes.WriteOffers).Describes<IReadOnlyList<EnergyOfferDocument>>("Energy", "Lists the offers of a flexibility that ended less than a day ago, run, or come, with their schedules");
        api.MapGet(Path + "/{id}", OneAsync).RequireScope(Scopes.WriteOffers).Describes<EnergyOfferDocument>("Energy", "Gives one offer with its schedule");
        api.MapPut(Path + "/{id}", PutAsync).RequireScope(Scopes.WriteOffers).Accepts<EnergyOfferFields>("application/json").DescribesWriting<EnergyOfferReceipt>("Energy", "Offers to move use, or changes an offer; its schedule follows within half a minute");
        api.MapDelete(Path + "/{id}", RemoveAsync).RequireScope(Scopes.WriteOffers).DescribesWriting<EnergyOfferReceipt>("Energy", "Takes an offer back");
    }

    private static async Task<IResult> ListAsync(string flexibility, HttpContext context, DistrictInForce district, EnergyOffers offers, IClock clock, CancellationToken cancellation) =>
        Held(context, district, flexibility) is null
            ? Problems.NotFound("flexibility", flexibility)
            : new Answer((await offers.ListAsync(flexibility, clock.GetCurrentInstant() - LookBack, cancellation)).Select(Document).ToList());

    private static async Task<IResult> OneAsync(string flexibility, string id, HttpContext context, DistrictInForce district, EnergyOffers offers, CancellationToken cancellation) =>
        Held(context, district, flexibility) is null ? Problems.NotFound("flexibility", flexibility)
        : await offers.FindAsync(flexibility, id, cancellation) is { } row ? new Answer(Document(row))
        : Problems.NotFound("offer", id);

    private static async Task<IResult> PutAsync(string flexibility, string id, HttpContext context, DistrictInForce district, EnergyOffers offers, CancellationToken cancellation)
    {
        if (Held(context, district, flexibility) is not { } held)
        {
            return Problems.NotFound("flexibility", flexibility);
        }

        var (wanted, problem) = await RequestBody.ReadAsync(context, Fields, ["id", "schedule", "missing"], fields => Offer(id, held, fields, offers.Next));
        if (problem is not null)
        {
            return problem;
        }

        var (_, created, refusal) = await offers.PutAsync(wanted!, context.Actor(), cancellation);
        return refusal switch
        {
            OfferRefusal.Begun => Problems.Of(new WrongText("hasBeginning", "The offer has begun: its beginning and its kind stay as they are. Its end, power and energy may change.")),
            OfferRefusal.TooMany => Problems.Of(new WrongText("", $"'{flexibility}' has {EnergyOffers.MostOffers} offers that are not over. Take one back, or offer several vehicles as one.")),
            _ => new Answer(new EnergyOfferReceipt(id, created)) { Status = created ? StatusCodes.Status201Created : StatusCodes.Status200OK, Location = $"/api/v1/energy/flexibilities/{flexibility}/offers/{id}" },
        };
    }

    private static async Task<IResult> RemoveAsync(string flexibility, string id, HttpContext context, DistrictInForce district, EnergyOffers offers, CancellationToken cancellation) =>
        Held(context, district, flexibility) is null ? Problems.NotFound("flexibility", flexibility)
        : await offers.RemoveAsync(flexibility, id, context.Actor(), cancellation) ? new Answer(new EnergyOfferReceipt(id, false))
        : Problems.NotFound("offer", id);

    // One that another holds looks as if it were not there.
    private static DistrictFlexibility? Held(HttpContext context, DistrictInForce district, string key) =>
        district.Model?.Energy?.Flexibilities.GetValueOrDefault(key) is { } flexibility && flexibility.Holder == context.Actor().Key ? flexibility : null;

    private static EnergyOfferRow Offer(string id, DistrictFlexibility flexibility, JsonFields fields, Instant next)
    {
        fields.Refuse(MasterData.IsKey(id) ? null : new WrongKey(id));
        var kind = fields.RequiredText("kind") switch
        {
            "charging" => OfferKind.Charging,
            "run" => OfferKind.Run,
            "shift" => OfferKind.Shift,
            _ => (OfferKind?)null,
        };
        fields.Refuse(kind is null ? new WrongShape("kind", "one of: charging, run, shift") : null);
        var (from, until) = (Hour(fields, "hasBeginning"), Hour(fields, "hasEnd"));
        fields.Refuse(
            until <= from ? new WrongText("hasEnd", "'hasEnd' is not after 'hasBeginning'.")
            : until - from > Duration.FromHours(EnergyOffers.MostHours) ? new WrongText("hasEnd", $"The window is longer than {EnergyOffers.MostHours} hours. Offer less of it.")
            : until <= next ? new WrongText("hasEnd", $"The window ends before anything can be planned of it. Plans begin at {Moments.Write(DistrictCalendar.ToMicroseconds(next))}.")
            : null);
        var power = Positive(fields, "power");
        fields.Refuse(power > (double)flexibility.Capacity ? new WrongText("power", $"'power' is more than '{flexibility.Key}' takes at most: {flexibility.Capacity} kW.") : null);
        Only(fields, "energy", kind is OfferKind.Charging or OfferKind.Shift);
        Only(fields, "hours", kind is OfferKind.Run);
        Only(fields, "interruptible", kind is OfferKind.Run);
        Only(fields, "lossPercent", kind is OfferKind.Shift);
        var hours = kind is OfferKind.Run ? Positive(fields, "hours") : 0;
        fields.Refuse(
            hours != Math.Floor(hours) ? new WrongShape("hours", "a whole number of hours")
            : hours > (until - from).TotalHours ? new WrongText("hours", "It runs for more hours than its window has.")
            : null);
        var loss = fields.Has("lossPercent") ? (double?)fields.Amount("lossPercent")?.ToDecimal() ?? 0 : 0;
        fields.Refuse(loss is < 0 or >= 100 ? new WrongShape("lossPercent", "a number from 0 to below 100") : null);
        return new EnergyOfferRow
        {
            Flexibility = flexibility.Key,
            Key = id,
            Kind = kind ?? default,
            From = DistrictCalendar.ToMicroseconds(from),
            Until = DistrictCalendar.ToMicroseconds(until),
            Power = power,
            Energy = kind is OfferKind.Charging or OfferKind.Shift ? Positive(fields, "energy") : 0,
            Hours = (int)hours,
            Interruptible = fields.Flag("interruptible") ?? false,
            LossPercent = loss,
        };
    }

    private static Instant Hour(JsonFields fields, string name)
    {
        if (fields.Moment(name) is not { } moment)
        {
            fields.Refuse(new MissingField(name));
            return default;
        }

        fields.Refuse(Hours.Of(moment) == moment ? null : new WrongShape(name, "a full hour of UTC: plans go by hours"));
        return moment;
    }

    // A million MW is no building's.
    private static double Positive(JsonFields fields, string name)
    {
        const double Most = 1e9;
        var number = (double?)fields.Amount(name)?.ToDecimal() ?? 0;
        fields.Refuse(number is <= 0 or > Most ? new WrongShape(name, "a number above 0") : null);
        return number;
    }

    private static void Only(JsonFields fields, string name, bool belongs) =>
        fields.Refuse(!belongs && fields.Has(name) ? new WrongText(name, $"'{name}' says nothing of this kind of offer. Leave it out.") : null);

    private static EnergyOfferDocument Document(EnergyOfferRow row)
    {
        var schedule = new OfferSchedule(row);
        var planned = schedule.Hours.Any(power => power is not null);
        return new EnergyOfferDocument
        {
            Id = row.Key,
            Kind = JsonNamingPolicy.CamelCase.ConvertName(row.Kind.ToString()),
            HasBeginning = schedule.First,
            HasEnd = DistrictCalendar.ToInstant(row.Until),
            Power = row.Power,
            Energy = row.Kind is OfferKind.Run ? null : row.Energy,
            Hours = row.Kind is OfferKind.Run ? row.Hours : null,
            Interruptible = row.Kind is OfferKind.Run ? row.Interruptible : null,
            LossPercent = row.Kind is OfferKind.Shift ? row.LossPercent : null,
            Schedule = [.. schedule.Hours.Select((power, hour) => (power, hour)).Where(each => each.power is not null).Select(each => new EnergyOfferHour(schedule.First + Duration.FromHours(each.hour), each.power!.Value))],
            Missing = row.Kind is OfferKind.Charging && planned ? Math.Round(Math.Max(0, row.Energy - schedule.Hours.Sum(power => power ?? 0)), 3) : null,
        };
    }
}
