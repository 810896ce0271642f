namespace Kera.Base.Store;

/// <summary>An invoice or a credit note. It is never changed once it is there, but for whether it is paid and whose it is.</summary>
public sealed class InvoiceRow
{
    public int Id { get; set; }
    /// <summary>The key of the agent that sells.</summary>
    public string Seller { get; set; } = "";
    /// <summary>From 1 without gaps, by seller.</summary>
    public int Number { get; set; }
    /// <summary>The invoice that it credits; null for an invoice.</summary>
    public int? CreditsId { get; set; }
    /// <summary>Who pays; null for an organisation, or once they were erased.</summary>
    public int? AgentId { get; set; }
    /// <summary>The key of the organisation that pays; empty for a person.</summary>
    public string Organisation { get; set; } = "";
    /// <summary>The payer's name as it was: the law keeps it with the invoice.</summary>
    public string Buyer { get; set; } = "";
    /// <summary>The seller's details as they were, as JSON.</summary>
    public string SellerDetails { get; set; } = "{}";
    /// <summary>In which language it is.</summary>
    public string Language { get; set; } = "fi";
    /// <summary>Days since 1970-01-01.</summary>
    public int Dated { get; set; }
    public int Due { get; set; }
    /// <summary>The reference number of its payment, with its check digit.</summary>
    public string Reference { get; set; } = "";
    /// <summary>The day on which it was paid, or credited wholly; null while it is open.</summary>
    public int? Paid { get; set; }
    public long Made { get; set; }
}

/// <summary>A line of an invoice; of a credit note the amounts are negative.</summary>
public sealed class InvoiceLineRow
{
    public int Id { get; set; }
    public int InvoiceId { get; set; }
    /// <summary>What it is for, as a word and a key: <c>booking:abc</c>.</summary>
    public string Source { get; set; } = "";
    public string Text { get; set; } = "";
    /// <summary>The day of what it is for, in days since 1970-01-01.</summary>
    public int Day { get; set; }
    /// <summary>Cents with tax, and what of them is tax.</summary>
    public int Gross { get; set; }
    public int Vat { get; set; }
    /// <summary>The tax, in hundredths of a per cent.</summary>
    public int Rate { get; set; }
}
