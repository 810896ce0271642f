using System.Text.Json;
using Kera.Base.Access;
using Kera.Base.Api;
using Kera.Base.Ledger;
using Kera.Base.Series;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Ledger;

/// <summary>A Series: readings finer than the ledger, forecasts, plans.</summary>
/// <param name="Id">Its key.</param>
/// <param name="HasUnit">The UCUM code of its values.</param>
/// <param name="Step">From one value to the next, as an ISO 8601 duration in seconds.</param>
/// <param name="Owner">The agent whose it is; missing where it is nobody's own.</param>
/// <param name="Audience">Who may read it besides: agents' keys, or the one word public.</param>
public sealed record SeriesDocument(string Id, string HasUnit, string Step, string? Owner, IReadOnlyList<string> Audience);

/// <summary>A value of a Series.</summary>
/// <param name="HasBeginning">The beginning of the interval, which lasts the Series' step.</param>
/// <param name="HasNumericalValue">The amount, in the Series' unit.</param>
/// <param name="Quality">Where it comes from.</param>
public sealed record SeriesValueDocument(string HasBeginning, decimal HasNumericalValue, string Quality);

/// <summary>Series by key; a private one looks to everyone but its owner and audience as if it were not there.</summary>
internal static class SeriesEndpoints
{
    public static void MapSeries(this RouteGroupBuilder api)
    {
        api.MapGet("/series/{id}", OneAsync).Describes<SeriesDocument>("Series", "Gives one Series; a private one needs a token with series:read of its owner or audience");
        api.MapGet("/series/{id}/values", ValuesAsync).Takes("from", "until", "limit").Describes<IReadOnlyList<SeriesValueDocument>>("Series", "Lists the values of a Series in order of time");
    }

    private static async Task<IResult> OneAsync(string id, HttpContext context, SeriesStore series, CancellationToken cancellation) =>
        !id.Any(char.IsControl) && await series.FindAsync(id, context.SeriesReader(), cancellation) is { } found
            ? new Answer(new SeriesDocument(
                found.Key, found.Unit, PeriodPattern.Roundtrip.Format(Period.FromSeconds((long)found.Step.TotalSeconds)), found.Owner, found.Audience.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            : Problems.NotFound("Series", id);

    private static async Task<IResult> ValuesAsync(string id, HttpContext context, SeriesStore series, Catalog catalog, CancellationToken cancellation)
    {
        var query = new RequestQuery(context, catalog);
        var (from, until, limit) = (query.Moment("from"), query.Moment("until"), query.Limit(usual: 1_000, SeriesStore.LargestPage));
        if (query.Refusal is { } refusal)
        {
            return Problems.OfQuery(refusal);
        }

        if (id.Any(char.IsControl) || await series.ReadAsync(id, context.SeriesReader(), Instant(from), Instant(until), limit, cancellation) is not { } page)
        {
            return Problems.NotFound("Series", id);
        }

        return new Answer(page.Values.Select(value => new SeriesValueDocument(
            Moments.Write(DistrictCalendar.ToMicroseconds(value.Start)), value.Value.ToDecimal(), JsonNamingPolicy.CamelCase.ConvertName(value.Quality.ToString()))).ToList())
        {
            Next = page.Next is { } next ? query.With("from", Moments.Write(DistrictCalendar.ToMicroseconds(next))) : null,
        };
    }

    private static Instant? Instant(long? microseconds) => microseconds is { } known ? DistrictCalendar.ToInstant(known) : null;
}
