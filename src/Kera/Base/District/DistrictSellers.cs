namespace Kera.Base.District;

/// <summary>Who sends invoices, as invoicing.yaml says it.</summary>
public sealed record DistrictSeller
{
    /// <summary>The key of the agent that sells.</summary>
    public required string Agent { get; init; }

    /// <summary>Its name as it stands on invoices.</summary>
    public required string Name { get; init; }

    /// <summary>Its business id, as 1234567-1.</summary>
    public required string BusinessId { get; init; }

    /// <summary>Its number in the register of value added tax; null where it is in none.</summary>
    public string? VatId { get; init; }

    /// <summary>Street and number.</summary>
    public required string Street { get; init; }

    /// <summary>Postal code.</summary>
    public required string PostalCode { get; init; }

    /// <summary>Town.</summary>
    public required string Town { get; init; }

    /// <summary>Its account, without spaces.</summary>
    public required string Iban { get; init; }

    /// <summary>The bank of its account.</summary>
    public required string Bic { get; init; }

    /// <summary>Its address for electronic invoices; null where it has none.</summary>
    public string? EInvoiceAddress { get; init; }

    /// <summary>The operator of that address.</summary>
    public string? EInvoiceOperator { get; init; }

    /// <summary>Within how many days an invoice is paid.</summary>
    public required int PaymentDays { get; init; }

    /// <summary>Whether what somebody used in a month comes on one invoice; else each thing is invoiced at once.</summary>
    public required bool Monthly { get; init; }

    /// <summary>Whether its numbers are made up.</summary>
    public bool Illustrative { get; init; }
}
