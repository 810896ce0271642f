using Kera.Sharing;
using NodaTime;

namespace Kera.Base.District;

/// <summary>What is lent, as things.yaml says it; all by key, in the order of the file.</summary>
/// <param name="Categories">Names of what kinds are grouped by.</param>
/// <param name="Terms">How things are lent.</param>
/// <param name="Waivers">What a borrower signs once.</param>
/// <param name="Kinds">Kinds of things.</param>
/// <param name="Items">The things themselves.</param>
/// <param name="Kits">Kinds that are reserved together.</param>
/// <param name="Sites">Building sites to which companies order.</param>
public sealed record DistrictThings(
    IReadOnlyDictionary<string, LocalizedText> Categories,
    IReadOnlyDictionary<string, LendingTerms> Terms,
    IReadOnlyDictionary<string, ThingWaiver> Waivers,
    IReadOnlyDictionary<string, ThingKind> Kinds,
    IReadOnlyDictionary<string, ThingItem> Items,
    IReadOnlyDictionary<string, ThingKit> Kits,
    IReadOnlyDictionary<string, BuildingSite> Sites);

/// <summary>How things are lent.</summary>
public sealed record LendingTerms
{
    /// <summary>For how many days at most.</summary>
    public required int MostDays { get; init; }

    /// <summary>How many days ahead a loan may begin.</summary>
    public required int HorizonDays { get; init; }

    /// <summary>How many of the kind a borrower may have reserved and lent at once.</summary>
    public required int MostAtOnce { get; init; }

    /// <summary>For how many days a thing is looked after between two loans.</summary>
    public int BufferDays { get; init; }

    /// <summary>How often a loan may be extended, each time by as many days as it had.</summary>
    public int Extensions { get; init; }

    /// <summary>Who may borrow by role, as "resident"; empty for everyone who is signed in.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Whether they are ordered to building sites by companies, and by nobody else.</summary>
    public bool ForSites { get; init; }
}

/// <summary>What a borrower signs once.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Text">What is signed.</param>
public sealed record ThingWaiver(LocalizedText Name, LocalizedText Text);

/// <summary>A kind of things that are alike.</summary>
public sealed record ThingKind
{
    /// <summary>Its key, as addresses have it.</summary>
    public required string Key { get; init; }

    /// <summary>What it is called.</summary>
    public required LocalizedText Name { get; init; }

    /// <summary>What it is for, in a sentence or two; null where the name says it.</summary>
    public LocalizedText? About { get; init; }

    /// <summary>The key of what it is grouped under.</summary>
    public required string Category { get; init; }

    /// <summary>The agent that keeps such things, lends them and answers for them.</summary>
    public required string Keeper { get; init; }

    /// <summary>The process in which they are used.</summary>
    public required string Process { get; init; }

    /// <summary>The place where they are fetched.</summary>
    public required string Place { get; init; }

    /// <summary>The kind of resource that its items are in the ledger; the reader takes it from them.</summary>
    public string Specification { get; init; } = "";

    /// <summary>How they are lent.</summary>
    public required LendingTerms Terms { get; init; }

    /// <summary>What a loan costs.</summary>
    public required LoanPrice Price { get; init; }

    /// <summary>What is left as a deposit, in euros; 0 for nothing.</summary>
    public decimal Deposit { get; init; }

    /// <summary>The key of what is signed first; null for nothing.</summary>
    public string? Waiver { get; init; }

    /// <summary>What belongs to each and has to come back with it.</summary>
    public IReadOnlyList<LocalizedText> Accessories { get; init; } = [];

    /// <summary>What is used up with it, with its price in euros.</summary>
    public IReadOnlyList<ThingConsumable> Consumables { get; init; } = [];

    /// <summary>When each is looked after; null for never.</summary>
    public MaintenanceInterval? Maintenance { get; init; }

    /// <summary>When each has to be inspected: past that it is not lent. Null for never.</summary>
    public MaintenanceInterval? Inspection { get; init; }

    /// <summary>For how many hours of a loan's day it is taken to run where nobody measures.</summary>
    public required decimal HoursPerDay { get; init; }

    /// <summary>What making it cost the climate, and how that is shared out; null where nobody knows.</summary>
    public ThingFootprint? Footprint { get; init; }

    /// <summary>How many loans take the place of one that somebody would have bought; null where nobody says.</summary>
    public int? LoansPerPurchase { get; init; }

    /// <summary>Whether its prices and assumptions are made up.</summary>
    public bool Illustrative { get; init; }

    /// <summary>Where they are from.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];
}

/// <summary>Something that is used up with a thing.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Price">What a piece costs, in euros with tax.</param>
/// <param name="Resource">The stock of the ledger that it is taken from; null where nobody counts it.</param>
/// <param name="Stock">How many pieces that stock begins with.</param>
public sealed record ThingConsumable(LocalizedText Name, decimal Price, string? Resource = null, int Stock = 0);

/// <summary>What making a thing cost the climate.</summary>
/// <param name="Embodied">In kg CO2e.</param>
/// <param name="LifeHours">For how many hours it is expected to be used.</param>
/// <param name="LeastHours">The least number of hours that the rest is shared out over.</param>
public sealed record ThingFootprint(decimal Embodied, decimal LifeHours, decimal LeastHours);

/// <summary>A thing.</summary>
/// <param name="Key">Its key, as its label has it.</param>
/// <param name="Kind">The key of its kind.</param>
/// <param name="Resource">The resource that it is in the ledger.</param>
/// <param name="Shelf">Where it stands.</param>
/// <param name="Since">From which day on it is lent.</param>
public sealed record ThingItem(string Key, string Kind, string Resource, string Shelf, LocalDate Since);

/// <summary>Kinds that are reserved together.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Kinds">The keys of the kinds, one of each.</param>
public sealed record ThingKit(string Key, LocalizedText Name, IReadOnlyList<string> Kinds);

/// <summary>A building site to which a company orders.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Company">The agent who pays; whoever acts for it orders.</param>
/// <param name="Place">Where it is.</param>
/// <param name="MonthlyLimit">For how many euros may be ordered in a month.</param>
/// <param name="OrdererLimit">For how many of them one orderer may.</param>
public sealed record BuildingSite(string Key, LocalizedText Name, string Company, string Place, decimal MonthlyLimit, decimal OrdererLimit);
