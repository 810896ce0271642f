namespace Kera.Base.Store;

/// <summary>Where a row of master data came from; a row of the files cannot be taken by the API.</summary>
public enum Origin
{
    /// <summary>The district's files.</summary>
    File,

    /// <summary>The API or a page.</summary>
    Api,

    /// <summary>A person's random key.</summary>
    Person,
}

/// <summary>What every noun has: a small number, a public key, names in three languages.</summary>
public abstract class NounRow
{
    public int Id { get; set; }
    public string Key { get; set; } = "";
    public string NameFi { get; set; } = "";
    public string NameSv { get; set; } = "";
    public string NameEn { get; set; } = "";
    public Origin Origin { get; set; }
    /// <summary>No longer in the files: it stays readable and takes nothing new.</summary>
    public bool Retired { get; set; }
    /// <summary>The keys of its sources in the district's list, separated by spaces.</summary>
    public string Source { get; set; } = "";
    /// <summary>Whether it exists only in the demonstration, and is labelled so.</summary>
    public bool Fictional { get; set; }
}

public sealed class AgentRow : NounRow
{
    /// <summary>organization, person or ecological.</summary>
    public string Kind { get; set; } = "organization";
    public bool Outside { get; set; }
    /// <summary>What it does in the district, in three languages.</summary>
    public string RoleFi { get; set; } = "";
    public string RoleSv { get; set; } = "";
    public string RoleEn { get; set; } = "";
}

public sealed class SpecificationRow : NounRow
{
    public string Unit { get; set; } = "";
    public string? EffortUnit { get; set; }
    public string Classification { get; set; } = "";
}

public sealed class ProcessSpecificationRow : NounRow;

public sealed class PlaceRow : NounRow
{
    public string Kind { get; set; } = "";
    public int? PartOfId { get; set; }
    /// <summary>A GeoJSON geometry, or null where it has none.</summary>
    public string? Geometry { get; set; }
    /// <summary>Drawn without a source: shown as approximate.</summary>
    public bool Schematic { get; set; }
    /// <summary>Its phases with their dates, as JSON.</summary>
    public string Phases { get; set; } = "[]";
}

public sealed class ResourceRow : NounRow
{
    public int SpecificationId { get; set; }
    public Kera.Flows.ResourceKind Kind { get; set; }
    public string? Lot { get; set; }
    public int? PlaceId { get; set; }
    public string NoteFi { get; set; } = "";
    public string NoteSv { get; set; } = "";
    public string NoteEn { get; set; } = "";
}

public sealed class ProcessRow : NounRow
{
    public int? BasedOnId { get; set; }
    public bool Continuous { get; set; }
    public int? PlaceId { get; set; }
}

/// <summary>A metered flow as the files declare it (conventions A3).</summary>
public sealed class DeclaredFlowRow : NounRow
{
    /// <summary>Null, as the parties are, for a flow whose readings go to a series.</summary>
    public int? ActionId { get; set; }
    public int? ProviderId { get; set; }
    public int? ReceiverId { get; set; }
    public int? ResourceId { get; set; }
    public int? ToResourceId { get; set; }
    public int? SpecificationId { get; set; }
    public int? ProcessId { get; set; }
    public string Unit { get; set; } = "";
    public int? PlaceId { get; set; }
    /// <summary>Null, for a series only: its owner alone.</summary>
    public int? AudienceId { get; set; }
    public int? OwnerId { get; set; }
    /// <summary>ledger or series.</summary>
    public string Target { get; set; } = "ledger";
    /// <summary>measured, estimated or synthetic.</summary>
    public string Quality { get; set; } = "measured";
}

/// <summary>Who may read: <c>public</c>, or agents' keys in order, separated by spaces. Rows are shared and never change.</summary>
public sealed class AudienceRow
{
    public int Id { get; set; }
    public string Key { get; set; } = "";
}

public sealed class AgreementRow : NounRow
{
    public int AudienceId { get; set; }
    public int Version { get; set; }
}

public sealed class CommitmentRow : NounRow
{
    public int ActionId { get; set; }
    public int ProviderId { get; set; }
    public int ReceiverId { get; set; }
    public int SpecificationId { get; set; }
    public int? ResourceId { get; set; }
    public long? Quantity { get; set; }
    public long? Effort { get; set; }
    public long? Due { get; set; }
    public int? AgreementId { get; set; }
    /// <summary>Whether it is the other side's clause of the agreement.</summary>
    public bool Reciprocal { get; set; }
    public bool Finished { get; set; }
    public long Fulfilled { get; set; }
    public int AudienceId { get; set; }
    public int Version { get; set; }
}
