using Kera.Base.Ledger;
using Kera.Base.Search;

namespace Kera.Features.Search;

/// <summary>
/// The index of what there is now. Whoever searches first after a change builds it anew, while others are answered from the one
/// before. Safe for several threads.
/// </summary>
public sealed class CurrentIndex(IServiceProvider services, IEnumerable<SearchSource> sources, Catalog catalog) : IDisposable
{
    private readonly SearchSource[] _sources = [.. sources.OrderBy(source => source.Order)];
    private readonly SemaphoreSlim _building = new(1);
    private volatile Built? _built;

    /// <summary>The kinds, in order.</summary>
    public IReadOnlyList<SearchSource> Sources => _sources;

    /// <summary>The index.</summary>
    public async Task<SearchIndex> GetAsync(CancellationToken cancellation)
    {
        if (_built is { } built && built.Stamps.SequenceEqual(await StampsAsync(cancellation)))
        {
            return built.Index;
        }

        // The first waits for nothing; nobody else waits but for the very first index.
        if (!await _building.WaitAsync(_built is null ? Timeout.Infinite : 0, cancellation))
        {
            return _built!.Index;
        }

        try
        {
            // Before the reading: what changes meanwhile is seen by the next search.
            var stamps = await StampsAsync(cancellation);
            if (_built is not { } now || !now.Stamps.SequenceEqual(stamps))
            {
                now = new Built(SearchIndex.Build(await EntriesAsync(cancellation)), stamps);
                _built = now;
            }

            return now.Index;
        }
        finally
        {
            _building.Release();
        }
    }

    public void Dispose() => _building.Dispose();

    private async ValueTask<List<long>> StampsAsync(CancellationToken cancellation)
    {
        List<long> stamps = [catalog.Version];
        foreach (var source in _sources.Where(source => source.Stamp is not null))
        {
            stamps.Add(await source.Stamp!(services, cancellation));
        }

        return stamps;
    }

    private async Task<List<Findable>> EntriesAsync(CancellationToken cancellation)
    {
        var entries = new List<Findable>();
        foreach (var source in _sources)
        {
            entries.AddRange((await source.Entries(services, cancellation)).Select(entry => new Findable(source.Kind, entry)));
        }

        return entries;
    }

    private sealed record Built(SearchIndex Index, List<long> Stamps);
}
