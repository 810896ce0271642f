namespace Kera.Base.Store;

/// <summary>A key by which pages protect forms and cookies: the framework's own XML.</summary>
public sealed class DataProtectionKeyRow
{
    public int Id { get; set; }
    public string Name { get; set; } = "";
    public string Xml { get; set; } = "";
}

/// <summary>A job that recurs: when it is due, who runs it, how it went. Times are microseconds since 1970 UTC.</summary>
public sealed class JobRow
{
    public string Name { get; set; } = "";
    public long NextRun { get; set; }
    /// <summary>The run that has the lease; a random word.</summary>
    public string? Holder { get; set; }
    public long? LeaseUntil { get; set; }
    public long? Started { get; set; }
    public long? Ended { get; set; }
    public JobOutcome Outcome { get; set; }
    /// <summary>Why it failed, in a sentence; empty where it did not.</summary>
    public string Error { get; set; } = "";
}

public enum JobOutcome
{
    Never,
    Done,
    Failed,
    Stopped,
}

/// <summary>A message to be sent, or what became of it. Times are microseconds since 1970 UTC.</summary>
public sealed class OutboxMessageRow
{
    public long Id { get; set; }
    /// <summary>A random word by which a receiver knows it again.</summary>
    public string Key { get; set; } = "";
    /// <summary>What comes after the @ in the Message-ID of a mail: kept from the first attempt on, for settings may change.</summary>
    public string? Domain { get; set; }
    public OutboxChannel Channel { get; set; }
    /// <summary>A mail address, a webhook's URL or a telephone number; empty once forgotten.</summary>
    public string Recipient { get; set; } = "";
    public string Subject { get; set; } = "";
    public string Body { get; set; } = "";
    /// <summary>The calendar file that a mail carries (iCalendar); empty for none.</summary>
    public string Calendar { get; set; } = "";
    /// <summary>The person it is to, so that it goes when they are erased.</summary>
    public int? PersonId { get; set; }
    public long Created { get; set; }
    public long Expires { get; set; }
    public OutboxState State { get; set; }
    public int Attempts { get; set; }
    public long NextAttempt { get; set; }
    /// <summary>The attempt that has the message now; a random word.</summary>
    public string? Claim { get; set; }
    public long? ClaimedUntil { get; set; }
    /// <summary>When it was sent, or given up.</summary>
    public long? Ended { get; set; }
    /// <summary>Why the newest attempt failed, without addresses; empty where none did.</summary>
    public string Error { get; set; } = "";
}

public enum OutboxChannel
{
    Mail,
    Webhook,
    Text,
}

public enum OutboxState
{
    Waiting,
    Sent,
    Refused,
    Expired,
    /// <summary>It waited in a backup that was restored: it may have been sent since.</summary>
    Withheld,
}

/// <summary>A person who was erased: only the random key, for erasing them again in a restored backup.</summary>
public sealed class ErasureRow
{
    public string Person { get; set; } = "";
    public long At { get; set; }
}
