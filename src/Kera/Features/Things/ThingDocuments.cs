using System.Diagnostics.CodeAnalysis;
using Kera.Base.District;
using Kera.Base.Ui;
using Kera.Sharing;
using NodaTime;

namespace Kera.Features.Things;

/// <summary>A name in each language.</summary>
public sealed record ThingNameDocument(string Fi, string Sv, string En)
{
    internal static ThingNameDocument Of(LocalizedText text) => new(Texts.WithoutSoftHyphens(text.Fi), Texts.WithoutSoftHyphens(text.Sv), Texts.WithoutSoftHyphens(text.En));
}

/// <summary>What is used up with a thing.</summary>
/// <param name="Name">Its name by language.</param>
/// <param name="Price">What a piece costs, in euros with tax.</param>
public sealed record ThingConsumableDocument(ThingNameDocument Name, decimal Price);

/// <summary>A kind of things that are lent.</summary>
public record ThingDocument
{
    /// <summary>Tells of a kind as it stands.</summary>
    [SetsRequiredMembers]
    internal ThingDocument(KindStock stock, LocalDate today)
    {
        var (kind, terms) = (stock.Kind, stock.Kind.Terms);
        (Id, Name, Category, Keeper, Place, Pieces) = (kind.Key, ThingNameDocument.Of(kind.Name), kind.Category, kind.Keeper, kind.Place, stock.Pieces);
        (PricePerDay, PricePerLateDay, Vat, Deposit, Waiver) = (kind.Price.PerDay, kind.Price.PerLateDay, kind.Price.Vat, kind.Deposit, kind.Waiver);
        (MostDays, HorizonDays, MostAtOnce, ForSites) = (terms.MostDays, terms.HorizonDays, terms.MostAtOnce, terms.ForSites);
        Accessories = [.. kind.Accessories.Select(ThingNameDocument.Of)];
        Consumables = [.. kind.Consumables.Select(each => new ThingConsumableDocument(ThingNameDocument.Of(each.Name), each.Price))];
        FirstFree = stock.FirstFree(today, today, 1) is { } day ? ThingApi.Text(day) : null;
    }

    /// <summary>Its key.</summary>
    public required string Id { get; init; }

    /// <summary>Its name by language.</summary>
    public required ThingNameDocument Name { get; init; }

    /// <summary>The key of what it is grouped under.</summary>
    public required string Category { get; init; }

    /// <summary>The agent that keeps it.</summary>
    public required string Keeper { get; init; }

    /// <summary>The key of the place where it is fetched.</summary>
    public required string Place { get; init; }

    /// <summary>How many there are.</summary>
    public required int Pieces { get; init; }

    /// <summary>The price of a day in euros with tax.</summary>
    public required decimal PricePerDay { get; init; }

    /// <summary>What a late day costs besides.</summary>
    public required decimal PricePerLateDay { get; init; }

    /// <summary>The tax in the price, in per cent.</summary>
    public required decimal Vat { get; init; }

    /// <summary>The deposit in euros.</summary>
    public required decimal Deposit { get; init; }

    /// <summary>For how many days it is lent at most.</summary>
    public required int MostDays { get; init; }

    /// <summary>How many days ahead a loan may begin.</summary>
    public required int HorizonDays { get; init; }

    /// <summary>How many of it a borrower may have at once.</summary>
    public required int MostAtOnce { get; init; }

    /// <summary>Whether companies order it to their sites, and nobody else.</summary>
    public required bool ForSites { get; init; }

    /// <summary>The key of what is signed first; left out for nothing.</summary>
    public string? Waiver { get; init; }

    /// <summary>What comes with it, by places from 0.</summary>
    public required IReadOnlyList<ThingNameDocument> Accessories { get; init; }

    /// <summary>What is used up with it, by places from 0.</summary>
    public required IReadOnlyList<ThingConsumableDocument> Consumables { get; init; }

    /// <summary>The first day on which one is free; left out where none is within the horizon.</summary>
    public string? FirstFree { get; init; }
}

/// <summary>How many are free on a day.</summary>
/// <param name="Day">The day.</param>
/// <param name="Free">How many.</param>
public sealed record ThingDayDocument(string Day, int Free);

/// <summary>A kind with its free days.</summary>
public sealed record ThingDaysDocument : ThingDocument
{
    /// <summary>Tells of a kind and its days.</summary>
    [SetsRequiredMembers]
    internal ThingDaysDocument(KindStock stock, LocalDate today, ThingClaim span, ThingWaiver? waiver)
        : base(stock, today)
    {
        (Waiting, WaiverText) = (stock.Waiting.Count, waiver is null ? null : ThingNameDocument.Of(waiver.Text));
        Days = [.. Enumerable.Range(0, Period.DaysBetween(span.From, span.To) + 1).Select(number => span.From.PlusDays(number)).Select(day => new ThingDayDocument(ThingApi.Text(day), stock.Free(day)))];
    }

    /// <summary>What is signed before the first loan, by language; left out for nothing.</summary>
    public ThingNameDocument? WaiverText { get; init; }

    /// <summary>How many wait for one.</summary>
    public required int Waiting { get; init; }

    /// <summary>How many are free, day by day.</summary>
    public required IReadOnlyList<ThingDayDocument> Days { get; init; }
}

/// <summary>One thing, as anybody may know it; who has it is not told.</summary>
/// <param name="Id">Its key, as its label has it.</param>
/// <param name="Thing">The key of its kind.</param>
/// <param name="State"><c>here</c>, <c>lent</c> or <c>away</c>: being mended, or gone.</param>
/// <param name="Keeper">The agent that keeps it.</param>
/// <param name="Place">The key of the place where it belongs.</param>
/// <param name="Resource">The resource that it is in the ledger: its history is there.</param>
public sealed record ThingItemDocument(string Id, string Thing, string State, string Keeper, string Place, string Resource);
