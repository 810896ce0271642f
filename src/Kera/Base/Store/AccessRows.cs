namespace Kera.Base.Store;

/// <summary>One line per transaction: who wrote what, when, by which way.</summary>
public sealed class AuditRow
{
    public long Id { get; set; }
    public long At { get; set; }
    /// <summary>The agent's or the operator's key.</summary>
    public string Actor { get; set; } = "";
    /// <summary>api, command, start or job.</summary>
    public string Via { get; set; } = "";
    public string Operation { get; set; } = "";
    public string Subject { get; set; } = "";
    public long? FirstPosition { get; set; }
    public long? LastPosition { get; set; }
}

/// <summary>A bearer token: only its hash is kept.</summary>
public sealed class TokenRow
{
    public int Id { get; set; }
    public string Name { get; set; } = "";
    public byte[] Hash { get; set; } = [];
    public int AgentId { get; set; }
    /// <summary>Scopes in order, separated by spaces.</summary>
    public string Scopes { get; set; } = "";
    public long Created { get; set; }
    public long? Expires { get; set; }
    public long? Revoked { get; set; }
}

/// <summary>What is known of a person: the erasable side of a random key.</summary>
public sealed class PersonRow
{
    public int AgentId { get; set; }
    public string Name { get; set; } = "";
    public string Email { get; set; } = "";
    public string Note { get; set; } = "";
    public long Created { get; set; }
}

/// <summary>A line of readings: public, or its owner's alone.</summary>
public sealed class SeriesRow
{
    public int Id { get; set; }
    public string Key { get; set; } = "";
    /// <summary>The feature or part of Base that owns it.</summary>
    public string Feature { get; set; } = "";
    public int? OwnerId { get; set; }
    public int AudienceId { get; set; }
    public string Unit { get; set; } = "";
    /// <summary>Seconds from one value to the next.</summary>
    public int Step { get; set; }
}

public sealed class SeriesValueRow
{
    public int SeriesId { get; set; }
    /// <summary>The beginning of the interval, microseconds since 1970 UTC.</summary>
    public long Start { get; set; }
    /// <summary>Millionths of the unit.</summary>
    public long Value { get; set; }
    public SeriesQuality Quality { get; set; }
}

public enum SeriesQuality
{
    Measured,
    Estimated,
    Synthetic,
}

/// <summary>What the store is of; one row.</summary>
public sealed class DistrictRow
{
    public int Id { get; set; }
    public string Key { get; set; } = "";
    public string Zone { get; set; } = "";
    public bool Demonstration { get; set; }
}
