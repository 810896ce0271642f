using Kera.Base.District;
using Kera.Base.Ledger;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Base.Search;

/// <summary>
/// One kind of thing that can be searched for. A feature registers its own in the service collection, so that whoever searches knows
/// no feature, and what is found goes with the folder of the feature that shows it.
/// </summary>
/// <param name="Order">Its place among the kinds; lower comes first.</param>
/// <param name="Kind">What an address calls it, as <c>place</c>.</param>
/// <param name="TextKey">The key of what it is called: <c>.one</c> beside a thing, <c>.other</c> above several.</param>
/// <param name="Entries">
/// Gives everything of the kind that the public may read and that has a page: entries are shown to anyone, so a person or what is
/// meant for an audience is never one of them.
/// </param>
/// <param name="Stamp">
/// Another value whenever the entries are others, whichever program changed them; asked before every search, so it must cost little. The catalog's nouns need none:
/// when they change, all entries are read again.
/// </param>
public sealed record SearchSource(
    int Order,
    string Kind,
    string TextKey,
    Func<IServiceProvider, CancellationToken, Task<IReadOnlyList<SearchEntry>>> Entries,
    Func<IServiceProvider, CancellationToken, ValueTask<long>>? Stamp = null)
{
    // Moments are counted from here, so that the sum of many is a number.
    private static readonly long s_since = DistrictCalendar.ToMicroseconds(Instant.FromUtc(2026, 1, 1, 0, 0));

    /// <summary>A stamp of rows by the moment when each was changed, in microseconds: another value whenever one is added, changed or removed, by whichever program.</summary>
    public static async ValueTask<long> OfChangesAsync(IQueryable<long> changed, CancellationToken cancellation) => await changed.SumAsync(moment => moment - s_since, cancellation);
}

/// <summary>Something that can be found.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Text">More that it is found by and recognized by, in a line or a paragraph; empty where there is none.</param>
/// <param name="Path">Its page after the language, as <c>/places/kera-station</c>, with a fragment where it is a part of one.</param>
/// <param name="Date">When it was or is to be; null where it has no time.</param>
/// <param name="Fictional">Whether it exists only in the demonstration, and is labelled so.</param>
public sealed record SearchEntry(LocalizedText Title, LocalizedText Text, string Path, DistrictDate? Date = null, bool Fictional = false);
