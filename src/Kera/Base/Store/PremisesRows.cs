namespace Kera.Base.Store;

/// <summary>Premises that a landowner entered on a page; those of the files stand in premises.yaml alone.</summary>
public sealed class PremisesRow
{
    public int Id { get; set; }
    public string Key { get; set; } = "";
    /// <summary>The key of the agent that owns it.</summary>
    public string Owner { get; set; } = "";
    /// <summary>The key of its place.</summary>
    public string Place { get; set; } = "";
    /// <summary>Its name, condition, plan and uses, each by language, as JSON.</summary>
    public string Words { get; set; } = "{}";
    /// <summary>Millionths of a square metre.</summary>
    public long Area { get; set; }
    /// <summary>Its permits with their days, as JSON.</summary>
    public string Permits { get; set; } = "[]";
    /// <summary>Days since 1970-01-01; null where unsaid.</summary>
    public int? FirstDay { get; set; }
    public int? LastDay { get; set; }
    /// <summary>Whether it is let no more: it is shown to nobody but its owner.</summary>
    public bool Withdrawn { get; set; }
    public long Changed { get; set; }
}

/// <summary>A call for temporary users of premises.</summary>
public sealed class PremisesCallRow
{
    public int Id { get; set; }
    /// <summary>By which addresses know it; random.</summary>
    public string Key { get; set; } = "";
    /// <summary>The key of the premises.</summary>
    public string Premises { get; set; } = "";
    /// <summary>The key of the agent that calls.</summary>
    public string Owner { get; set; } = "";
    /// <summary>What is asked and what is offered, each by language, as JSON.</summary>
    public string Words { get; set; } = "{}";
    public long Opens { get; set; }
    public long Closes { get; set; }
    /// <summary>The first and last day of the use that is offered, in days since 1970-01-01.</summary>
    public int FirstDay { get; set; }
    public int LastDay { get; set; }
    /// <summary>Cents a square metre and month with tax; 0 for none.</summary>
    public int Rent { get; set; }
    /// <summary>Hundredths of a per cent.</summary>
    public int Vat { get; set; }
    /// <summary>Hours a month.</summary>
    public int Upkeep { get; set; }
    public int Opening { get; set; }
    public int Sharing { get; set; }
    /// <summary>What is judged by, each with its weight, as JSON.</summary>
    public string Criteria { get; set; } = "[]";
    /// <summary>When everyone was told; null while it is undecided.</summary>
    public long? Decided { get; set; }
    /// <summary>When it was taken back; null where it was not.</summary>
    public long? Cancelled { get; set; }
    public long Changed { get; set; }
}

/// <summary>What somebody wants to do in premises: an answer to a call. The words are the applicant's and go with them.</summary>
public sealed class PremisesApplicationRow
{
    public int Id { get; set; }
    /// <summary>By which addresses know it; random.</summary>
    public string Key { get; set; } = "";
    public int CallId { get; set; }
    /// <summary>Who applies; null once they were erased.</summary>
    public int? AgentId { get; set; }
    /// <summary>The key of the organisation that they apply for; empty for themself.</summary>
    public string Organisation { get; set; } = "";
    public PremisesApplicationState State { get; set; }
    public string Plan { get; set; } = "";
    /// <summary>Millionths of a square metre.</summary>
    public long Area { get; set; }
    public int FirstDay { get; set; }
    public int LastDay { get; set; }
    /// <summary>What they would share with other tenants; empty where nothing.</summary>
    public string Sharing { get; set; } = "";
    /// <summary>An answer for each criterion, as JSON.</summary>
    public string Answers { get; set; } = "[]";
    /// <summary>Whether their name may be shown if they are chosen.</summary>
    public bool ShowName { get; set; }
    public long? Sent { get; set; }
    public long Changed { get; set; }
    /// <summary>Points for each criterion, as JSON; empty while nobody judged.</summary>
    public string Scores { get; set; } = "";
    /// <summary>Whether the landowner means to choose it; counts from the moment that everyone is told.</summary>
    public bool Choose { get; set; }
    /// <summary>Why, for the applicant.</summary>
    public string Reason { get; set; } = "";
    /// <summary>Why, for everyone.</summary>
    public string PublicReason { get; set; } = "";
}

public enum PremisesApplicationState
{
    Draft,
    Sent,
    Withdrawn,
    Chosen,
    NotChosen,
}

/// <summary>An agreement on the temporary use of premises, from its draft on. What both accepted is in the ledger too.</summary>
public sealed class TenancyRow
{
    public int Id { get; set; }
    /// <summary>By which addresses and the ledger know it; random.</summary>
    public string Key { get; set; } = "";
    public int ApplicationId { get; set; }
    /// <summary>The key of the premises.</summary>
    public string Premises { get; set; } = "";
    /// <summary>The key of the agent that lets.</summary>
    public string Owner { get; set; } = "";
    /// <summary>The key of the agent that uses: an organisation, or a person's random key.</summary>
    public string Tenant { get; set; } = "";
    /// <summary>The person who uses, or acts for who does; null once they were erased.</summary>
    public int? AgentId { get; set; }
    public TenancyState State { get; set; }
    /// <summary>Millionths of a square metre.</summary>
    public long Area { get; set; }
    /// <summary>Days since 1970-01-01.</summary>
    public int FirstDay { get; set; }
    public int LastDay { get; set; }
    /// <summary>Cents a month with tax; 0 for none.</summary>
    public int Rent { get; set; }
    /// <summary>Hundredths of a per cent.</summary>
    public int Vat { get; set; }
    /// <summary>Hours a month of use, upkeep, opening to the public, and use by other tenants.</summary>
    public int Use { get; set; }
    public int Upkeep { get; set; }
    public int Opening { get; set; }
    public int Sharing { get; set; }
    /// <summary>Hours of use, what is looked after, what is shared, in words.</summary>
    public string Terms { get; set; } = "";
    /// <summary>How many days before it ends early either side says so.</summary>
    public int NoticeDays { get; set; }
    public long? Offered { get; set; }
    public long? Accepted { get; set; }
    /// <summary>Why it was declined or ended early; empty where it was not.</summary>
    public string EndReason { get; set; } = "";
    /// <summary>Who ended it: owner or tenant; empty where nobody did.</summary>
    public string EndedBy { get; set; } = "";
    public long Changed { get; set; }
    /// <summary>What of it the ledger has still to hear of.</summary>
    public bool Unrecorded { get; set; }
}

public enum TenancyState
{
    /// <summary>The owner writes it.</summary>
    Draft,

    /// <summary>The owner has accepted it, and the tenant is asked.</summary>
    Offered,

    /// <summary>Both have accepted it.</summary>
    Agreed,

    /// <summary>The tenant did not accept it.</summary>
    Declined,
}
