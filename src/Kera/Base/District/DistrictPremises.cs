using NodaTime;

namespace Kera.Base.District;

/// <summary>Premises that stand empty, as premises.yaml says it.</summary>
/// <param name="Duties">What agreements about them count as in the ledger.</param>
/// <param name="Premises">The premises by key, in the order of the file.</param>
public sealed record DistrictLetting(DistrictDuties Duties, IReadOnlyDictionary<string, DistrictPremises> Premises);

/// <summary>The resource specifications by which the duties of an agreement become commitments; a duty without one stays on the agreement alone.</summary>
/// <param name="Use">The hours that the tenant has the premises; effort in hours.</param>
/// <param name="Rent">What the tenant pays, in euros.</param>
/// <param name="Upkeep">The hours that the tenant looks after the premises; effort in hours.</param>
/// <param name="Opening">The hours that the tenant keeps them open to the public.</param>
/// <param name="Sharing">The hours that the tenant lets other tenants use what it shares.</param>
public sealed record DistrictDuties(string? Use, string? Rent, string? Upkeep, string? Opening, string? Sharing)
{
    /// <summary>None.</summary>
    public static DistrictDuties None { get; } = new(null, null, null, null, null);
}

/// <summary>Premises that stand empty: a hall, a shop, a floor.</summary>
public sealed record DistrictPremises
{
    /// <summary>Its key, as addresses have it.</summary>
    public required string Key { get; init; }

    /// <summary>What it is called.</summary>
    public required LocalizedText Name { get; init; }

    /// <summary>The agent that owns it and lets it.</summary>
    public required string Owner { get; init; }

    /// <summary>The key of its place.</summary>
    public required string Place { get; init; }

    /// <summary>Its floor area in square metres.</summary>
    public required decimal Area { get; init; }

    /// <summary>In what condition it is; null where nobody says.</summary>
    public LocalizedText? Condition { get; init; }

    /// <summary>Its floor plan in words; null where nobody says.</summary>
    public LocalizedText? Plan { get; init; }

    /// <summary>What may be done there; null where nobody says.</summary>
    public LocalizedText? Uses { get; init; }

    /// <summary>The permits under which it is used.</summary>
    public IReadOnlyList<PremisesPermit> Permits { get; init; } = [];

    /// <summary>The first day on which it can be used; null for at once.</summary>
    public LocalDate? FirstDay { get; init; }

    /// <summary>The last day on which it can be used; null while unsaid.</summary>
    public LocalDate? LastDay { get; init; }

    /// <summary>Whether its size and days are made up.</summary>
    public bool Illustrative { get; init; }

    /// <summary>Where they are from.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];
}

/// <summary>A permit to use premises.</summary>
/// <param name="Name">For what it is.</param>
/// <param name="From">Its first day.</param>
/// <param name="To">Its last day.</param>
public sealed record PremisesPermit(LocalizedText Name, LocalDate From, LocalDate To);
