using System.Diagnostics.CodeAnalysis;
using Kera.Base.Ledger;
using Kera.Base.Store;

namespace Kera.Features.Things;

/// <summary>Something to reserve or wait for.</summary>
public sealed record LoanFields
{
    /// <summary>The key of the kind; left out for a kit.</summary>
    public string? Thing { get; init; }

    /// <summary>The key of a kit of which all is reserved or nothing; left out for a kind.</summary>
    public string? Kit { get; init; }

    /// <summary>The first day, as 2026-12-01; of a wish the earliest that suits.</summary>
    public string? First { get; init; }

    /// <summary>For how many days.</summary>
    public int? Days { get; init; }

    /// <summary>To wait for one: the latest first day that suits. Left out to reserve.</summary>
    public string? Latest { get; init; }

    /// <summary>The site that it is ordered to; left out for oneself.</summary>
    public string? Site { get; init; }

    /// <summary>Whether it is to be brought to the site.</summary>
    public bool? Delivered { get; init; }

    /// <summary>Whether the terms are signed with it; once is enough.</summary>
    public bool? Signs { get; init; }

    /// <summary>By which the same that is sent again is done once; left out where each is another.</summary>
    public string? IdempotencyKey { get; init; }
}

/// <summary>What is to become of a loan.</summary>
public sealed record LoanChangeFields
{
    /// <summary><c>accept</c>, <c>extend</c> or <c>offHire</c>.</summary>
    public string? Change { get; init; }

    /// <summary>To extend: the last day as it is now, so that the same sent twice extends once.</summary>
    public string? Due { get; init; }
}

/// <summary>A loan, reservation or wish.</summary>
public sealed record LoanDocument
{
    /// <summary>Tells of a loan as it stands.</summary>
    [SetsRequiredMembers]
    internal LoanDocument(LoanView loan)
    {
        var row = loan.Row;
        (Id, Thing, Item, Site, State) = (row.Key, row.Kind, NullIfEmpty(row.Item), NullIfEmpty(row.Site), ThingWords.Word(row.State.ToString()));
        (First, Due, Latest, Extended) = (ThingApi.Text(loan.First), ThingApi.Text(loan.Due), row.State == LoanState.Waiting ? ThingApi.Text(loan.Latest) : null, row.Extended);
        OffHire = row.OffHire is { } off ? ThingApi.Text(DistrictCalendar.DateOf(off)) : null;
        (Price, Deposit, DepositKept, Words) = (loan.Gross, loan.Deposit, loan.DepositKept, NullIfEmpty(row.Words));
        (Hours, Carbon) = row.State == LoanState.Returned ? (loan.Hours, loan.Carbon) : ((decimal?)null, (decimal?)null);
    }

    /// <summary>Its key.</summary>
    public required string Id { get; init; }

    /// <summary>The key of the kind.</summary>
    public required string Thing { get; init; }

    /// <summary>The key of the item; left out until one is handed out.</summary>
    public string? Item { get; init; }

    /// <summary>The site that it was ordered to; left out for none.</summary>
    public string? Site { get; init; }

    /// <summary><c>waiting</c>, <c>offered</c>, <c>reserved</c>, <c>out</c>, <c>returned</c>, <c>cancelled</c> or <c>lost</c>.</summary>
    public required string State { get; init; }

    /// <summary>The first day.</summary>
    public required string First { get; init; }

    /// <summary>The last day.</summary>
    public required string Due { get; init; }

    /// <summary>The latest first day of a wish; left out for others.</summary>
    public string? Latest { get; init; }

    /// <summary>How often it was extended.</summary>
    public required int Extended { get; init; }

    /// <summary>The last day that is paid, where the site needs it no more.</summary>
    public string? OffHire { get; init; }

    /// <summary>The price in euros with tax: expected, then as it was.</summary>
    public required decimal Price { get; init; }

    /// <summary>The deposit in euros.</summary>
    public required decimal Deposit { get; init; }

    /// <summary>What of it is kept.</summary>
    public required decimal DepositKept { get; init; }

    /// <summary>The hours of use, once it is back.</summary>
    public decimal? Hours { get; init; }

    /// <summary>The kilograms of CO2e that they carry.</summary>
    public decimal? Carbon { get; init; }

    /// <summary>The keeper's words; left out where there are none.</summary>
    public string? Words { get; init; }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}

/// <summary>A reservation for which an item is handed out.</summary>
public sealed record HandOutFields
{
    /// <summary>The reservation.</summary>
    public string? Loan { get; init; }

    /// <summary><c>good</c> or <c>worn</c>; left out for good.</summary>
    public string? Condition { get; init; }

    /// <summary>Whether the deposit was paid at the counter.</summary>
    public bool? DepositTaken { get; init; }
}

/// <summary>How an item came back.</summary>
public sealed record TakeBackFields
{
    /// <summary>The loan; left out for the one that the item is, or was last, lent on.</summary>
    public string? Loan { get; init; }

    /// <summary><c>good</c>, <c>worn</c> or <c>broken</c>; left out for good.</summary>
    public string? Condition { get; init; }

    /// <summary>The places of accessories that did not come back, as <c>1</c>.</summary>
    public IReadOnlyList<string>? Missing { get; init; }

    /// <summary>What was used up, as <c>0:2</c>: a place and how many pieces.</summary>
    public IReadOnlyList<string>? Consumed { get; init; }

    /// <summary>Words to the borrower.</summary>
    public string? Words { get; init; }
}

/// <summary>Hours of running.</summary>
public sealed record RunHoursFields
{
    /// <summary>The agent that keeps the items.</summary>
    public string? Keeper { get; init; }

    /// <summary>Each as <c>excavator-1;2026-11-24;6.5</c>.</summary>
    public IReadOnlyList<string>? Lines { get; init; }
}

/// <summary>What became of hours of running.</summary>
/// <param name="Changed">How many lines were new or other than before.</param>
public sealed record RunHoursDocument(int Changed);
