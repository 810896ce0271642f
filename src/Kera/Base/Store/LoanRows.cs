namespace Kera.Base.Store;

/// <summary>
/// A loan of a thing: from the wish for one, through its reservation, until it is back. What of it went into the ledger is there for
/// good; this row is the borrower's, and goes with them. Days are counted since 1970.
/// </summary>
public sealed class LoanRow
{
    public int Id { get; set; }
    /// <summary>By which addresses and the ledger know it; random.</summary>
    public string Key { get; set; } = "";
    /// <summary>The key of the kind.</summary>
    public string Kind { get; set; } = "";
    /// <summary>The key of the item; empty until one is handed out.</summary>
    public string Item { get; set; } = "";
    /// <summary>The site that it was ordered to; empty for a person's own.</summary>
    public string Site { get; set; } = "";
    /// <summary>Who borrows or orders; null where they were erased.</summary>
    public int? AgentId { get; set; }
    public LoanState State { get; set; }
    /// <summary>The first day; of a wish the earliest that suits.</summary>
    public int First { get; set; }
    /// <summary>The last day.</summary>
    public int Due { get; set; }
    /// <summary>Of a wish, the latest first day that suits; else the first day.</summary>
    public int Latest { get; set; }
    /// <summary>For how many days it was asked.</summary>
    public int Days { get; set; }
    /// <summary>Until when it waits to be taken after it came up; null where it does not end by itself.</summary>
    public long? HeldUntil { get; set; }
    public int Extended { get; set; }
    /// <summary>When it was handed out and came back; null before that.</summary>
    public long? OutAt { get; set; }
    public long? BackAt { get; set; }
    /// <summary>Whether it is brought to the site.</summary>
    public bool Delivered { get; set; }
    /// <summary>The last day that is paid, where its site said that it needs it no more.</summary>
    public int? OffHire { get; set; }
    /// <summary>The price in cents with tax, and what of it is tax: as reckoned when it was reserved, and again when it came back.</summary>
    public int Gross { get; set; }
    public int Vat { get; set; }
    /// <summary>The tax as it was then, in hundredths of a per cent.</summary>
    public int VatRate { get; set; }
    /// <summary>The deposit in cents, and whether it stands: it is neither given back nor kept for good yet.</summary>
    public int Deposit { get; set; }
    public bool DepositHeld { get; set; }
    /// <summary>Whether it was paid at the counter. Where not, what is kept of it is invoiced.</summary>
    public bool DepositTaken { get; set; }
    /// <summary>What of it is kept for a damage or a loss, in cents.</summary>
    public int DepositKept { get; set; }
    /// <summary>Millionths of the hours of use, and of the kilograms of CO2e that they carry; 0 before it came back.</summary>
    public long Hours { get; set; }
    public long Carbon { get; set; }
    public ThingCondition ConditionOut { get; set; }
    public ThingCondition ConditionBack { get; set; }
    /// <summary>What did not come back and what was used up, as their places in the file: <c>0 1</c> and <c>0:2</c>; empty for nothing.</summary>
    public string Missing { get; set; } = "";
    public string Consumed { get; set; } = "";
    /// <summary>The keeper's words when it came back, for the borrower; empty where there are none.</summary>
    public string Words { get; set; } = "";
    public long Made { get; set; }
    public long Changed { get; set; }
    /// <summary>What of it is in the ledger.</summary>
    public LoanRecord Recorded { get; set; }
}

/// <summary>Where a loan stands.</summary>
public enum LoanState
{
    /// <summary>Somebody waits for such a thing.</summary>
    Waiting,

    /// <summary>It came up for who waited, and is kept for them for a while.</summary>
    Offered,

    /// <summary>It is reserved.</summary>
    Reserved,

    /// <summary>It is lent.</summary>
    Out,

    /// <summary>It came back.</summary>
    Returned,

    /// <summary>It was given up before it was lent.</summary>
    Cancelled,

    /// <summary>It was lent and will not come back.</summary>
    Lost,
}

/// <summary>How a thing looks.</summary>
public enum ThingCondition
{
    /// <summary>As it should.</summary>
    Good,

    /// <summary>Worn, and fit for use.</summary>
    Worn,

    /// <summary>Broken: it is lent to nobody until it is mended.</summary>
    Broken,
}

/// <summary>How far the ledger has followed a loan.</summary>
public enum LoanRecord
{
    /// <summary>It has not heard of it.</summary>
    None,

    /// <summary>It is promised: a commitment.</summary>
    Committed,

    /// <summary>The borrower holds it.</summary>
    Out,

    /// <summary>It was used and is back, or is lost; or was never lent.</summary>
    Done,
}

/// <summary>What is known of an item beside the files and the ledger.</summary>
public sealed class ThingItemRow
{
    public int Id { get; set; }
    public string Item { get; set; } = "";
    public ThingItemState State { get; set; }
    /// <summary>The last day of its repair; null where nobody knows.</summary>
    public int? RepairedBy { get; set; }
    /// <summary>The day on which it was looked after last, and millionths of the hours that it had run by then; null for never.</summary>
    public int? Serviced { get; set; }
    public long ServicedHours { get; set; }
    /// <summary>The same of its inspection.</summary>
    public int? Inspected { get; set; }
    public long InspectedHours { get; set; }
    /// <summary>When it was seen on its shelf last; null for never.</summary>
    public long? Seen { get; set; }
    /// <summary>Whether the ledger has heard that it is lost.</summary>
    public bool Recorded { get; set; }
    public long Changed { get; set; }
}

/// <summary>Whether an item is lent.</summary>
public enum ThingItemState
{
    /// <summary>It is.</summary>
    InUse,

    /// <summary>It is being mended or looked after.</summary>
    InRepair,

    /// <summary>It is lost, or broken for good.</summary>
    Gone,
}

/// <summary>For how long an item ran on a day, as its meter says.</summary>
public sealed class ThingHoursRow
{
    public int Id { get; set; }
    public string Item { get; set; } = "";
    public int Day { get; set; }
    /// <summary>Millionths of hours.</summary>
    public long Hours { get; set; }
}

/// <summary>That a person signed a waiver as it read then.</summary>
public sealed class ThingWaiverRow
{
    public int Id { get; set; }
    public int AgentId { get; set; }
    public string Waiver { get; set; } = "";
    /// <summary>A digest of the text in all languages: another text is signed anew.</summary>
    public string Digest { get; set; } = "";
    public long SignedAt { get; set; }
}

/// <summary>A photograph of a lent thing, as it was handed out or came back. It is the borrower's data, and kept for a while only.</summary>
public sealed class LoanPhotoRow
{
    public int Id { get; set; }
    public string Key { get; set; } = "";
    public int LoanId { get; set; }
    public long Taken { get; set; }
    /// <summary>A JPEG without anything but the picture.</summary>
    public byte[] Jpeg { get; set; } = [];
}

/// <summary>Up to what may be ordered to a site in a month, as its company says: all together, or by one orderer.</summary>
public sealed class SiteLimitRow
{
    public int Id { get; set; }
    public string Site { get; set; } = "";
    /// <summary>The orderer; null for the site.</summary>
    public int? AgentId { get; set; }
    public int Cents { get; set; }
    public long Changed { get; set; }
}
