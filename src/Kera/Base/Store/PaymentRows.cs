namespace Kera.Base.Store;

/// <summary>An attempt to pay for something online. It is kept like a voucher: amounts and moments stay, the person goes.</summary>
public sealed class PaymentRow
{
    public int Id { get; set; }
    /// <summary>By which the provider knows it; random.</summary>
    public string Key { get; set; } = "";
    /// <summary>The key of the agent that sells.</summary>
    public string Seller { get; set; } = "";
    /// <summary>What it is for, as a word and a key: <c>booking:abc</c>.</summary>
    public string Source { get; set; } = "";
    /// <summary>Who pays; null once they were erased.</summary>
    public int? AgentId { get; set; }
    /// <summary>Cents with tax.</summary>
    public int Amount { get; set; }
    /// <summary>What of it is for what, by rate of tax, as JSON.</summary>
    public string Lines { get; set; } = "[]";
    public PaymentState State { get; set; }
    /// <summary>Until when it is waited for, in microseconds.</summary>
    public long Until { get; set; }
    /// <summary>The page of what it is for, after the language.</summary>
    public string Page { get; set; } = "";
    /// <summary>The seller's account with the provider.</summary>
    public string Account { get; set; } = "";
    /// <summary>The provider's own id; empty where it has not answered.</summary>
    public string Transaction { get; set; } = "";
    /// <summary>The provider's page on which it is paid; empty where it has not answered.</summary>
    public string Href { get; set; } = "";
    /// <summary>With what it was paid, as the provider calls it.</summary>
    public string Method { get; set; } = "";
    /// <summary>Whether what it was for holds, or held; else it went back at once.</summary>
    public bool Kept { get; set; }
    /// <summary>The invoice that is its receipt; null where there is none.</summary>
    public int? InvoiceId { get; set; }
    public long Made { get; set; }
    /// <summary>When it was paid; null where it was not.</summary>
    public long? Paid { get; set; }
}

/// <summary>How a payment stands. One that is waited for in vain ran out by itself; paid then, it is paid all the same.</summary>
public enum PaymentState
{
    /// <summary>It was begun.</summary>
    Created,

    /// <summary>It is paid.</summary>
    Paid,

    /// <summary>The payer or the provider broke it off.</summary>
    Failed,
}

/// <summary>What is paid back of a payment.</summary>
public sealed class PaymentRefundRow
{
    public int Id { get; set; }
    /// <summary>By which the provider knows it, so that asked twice it is paid back once; random.</summary>
    public string Key { get; set; } = "";
    public int PaymentId { get; set; }
    /// <summary>Cents with tax.</summary>
    public int Amount { get; set; }
    public PaymentRefundState State { get; set; }
    public int Attempts { get; set; }
    public long NextAttempt { get; set; }
    /// <summary>Why it is not done, in Kera's words; empty where nothing is wrong.</summary>
    public string Error { get; set; } = "";
    public long Made { get; set; }
    /// <summary>When it was done or refused; null while it is not.</summary>
    public long? Ended { get; set; }
}

/// <summary>How a refund stands.</summary>
public enum PaymentRefundState
{
    /// <summary>The provider is to be asked.</summary>
    Waiting,

    /// <summary>The provider has it in hand, and calls when it is done.</summary>
    Asked,

    /// <summary>It is paid back.</summary>
    Done,

    /// <summary>The provider cannot: the seller pays it back otherwise.</summary>
    Refused,
}
