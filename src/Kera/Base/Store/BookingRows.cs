using Kera.Sharing;

namespace Kera.Base.Store;

/// <summary>A booking of a space: from a hold on. What of it went into the ledger is there for good; this row is the person's, and goes with them.</summary>
public sealed class BookingRow
{
    public int Id { get; set; }
    /// <summary>By which addresses, the ledger and calendars know it; random.</summary>
    public string Key { get; set; } = "";
    /// <summary>The key of the space.</summary>
    public string Space { get; set; } = "";
    public long Begin { get; set; }
    public long End { get; set; }
    /// <summary>The time that stays free before it, as it was when it was made, in microseconds.</summary>
    public long BufferBefore { get; set; }
    public long BufferAfter { get; set; }
    public BookingKind Kind { get; set; }
    public BookingState State { get; set; }
    /// <summary>Until when a hold, or what waits for its payment, occupies its time; null where it does not end by itself. Of what was cancelled: when it ran out unpaid.</summary>
    public long? HeldUntil { get; set; }
    /// <summary>Who booked; null where nobody did, or they were erased.</summary>
    public int? AgentId { get; set; }
    /// <summary>The group for which it was booked; null for none.</summary>
    public int? GroupId { get; set; }
    /// <summary>The key of the series that it is of; empty for none.</summary>
    public string Series { get; set; } = "";
    public int People { get; set; }
    /// <summary>What equipment it takes, as <c>projector:1 table:4</c>; empty for none.</summary>
    public string Equipment { get; set; } = "";
    /// <summary>What for, in the booker's words; empty where unsaid.</summary>
    public string Purpose { get; set; } = "";
    /// <summary>Why it is to cost nothing, in the booker's words; empty where it is not asked.</summary>
    public string FreeReason { get; set; } = "";
    /// <summary>The price in cents with tax, and what of it is tax.</summary>
    public int Gross { get; set; }
    public int Vat { get; set; }
    /// <summary>The keeper's words with a decision; empty where there are none.</summary>
    public string Answer { get; set; } = "";
    /// <summary>What of the price is for what, as <c>court-1=1800@1350 projector=1000@2550!</c>: cents with tax and the tax in hundredths of a per cent, with ! where it is paid on site and + online; empty where it is free.</summary>
    public string Lines { get; set; } = "";
    /// <summary>What of the price is not owed any more, or paid back, in cents: set when it is cancelled or denied.</summary>
    public int Refund { get; set; }
    /// <summary>Whether staff decided on it.</summary>
    public bool Handled { get; set; }
    /// <summary>Whether nobody came.</summary>
    public bool NoShow { get; set; }
    /// <summary>How often it changed since it was made: the SEQUENCE of calendars.</summary>
    public int Sequence { get; set; }
    /// <summary>Whether its booker was reminded of it.</summary>
    public bool Reminded { get; set; }
    /// <summary>The door's code; empty where there is none, or no more.</summary>
    public string Code { get; set; } = "";
    /// <summary>The key of the closure that takes its time; null where none does.</summary>
    public string? DisplacedBy { get; set; }
    /// <summary>Why a space is closed; of a block only.</summary>
    public ClosureReason Reason { get; set; }
    public long Made { get; set; }
    public long Changed { get; set; }
    /// <summary>What of it is in the ledger.</summary>
    public BookingRecord Recorded { get; set; }
}

/// <summary>How far the ledger has followed a booking.</summary>
public enum BookingRecord
{
    /// <summary>It has not heard of it.</summary>
    None,

    /// <summary>It is promised: a commitment.</summary>
    Committed,

    /// <summary>It took place: an event that fulfils the commitment.</summary>
    Used,

    /// <summary>Its commitment ended unfulfilled.</summary>
    Withdrawn,

    /// <summary>What it heard holds no more: it is told anew.</summary>
    Behind,
}

/// <summary>Why a space is closed.</summary>
public enum ClosureReason
{
    /// <summary>It is not closed.</summary>
    None,

    /// <summary>It is cleaned.</summary>
    Cleaning,

    /// <summary>Something is broken.</summary>
    Fault,

    /// <summary>It is repaired or rebuilt.</summary>
    Works,

    /// <summary>For another reason.</summary>
    Other,
}

/// <summary>The secret link by which a person's calendar program reads their bookings.</summary>
public sealed class CalendarLinkRow
{
    /// <summary>Whose bookings.</summary>
    public int AgentId { get; set; }
    /// <summary>Of the secret: it is shown once.</summary>
    public byte[] Hash { get; set; } = [];
    public long Made { get; set; }
}
