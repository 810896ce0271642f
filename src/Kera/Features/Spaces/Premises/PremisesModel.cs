using System.Text.Json;
using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Flows;
using NodaTime;

namespace Kera.Features.Spaces.Premises;

/// <summary>What is said of premises, each in up to three languages.</summary>
public sealed record PremisesWords(LocalizedText Name, LocalizedText Condition, LocalizedText Plan, LocalizedText Uses)
{
    /// <summary>Nothing.</summary>
    public static PremisesWords Empty { get; } = new(Words.Nothing, Words.Nothing, Words.Nothing, Words.Nothing);
}

/// <summary>Premises that stand empty, of the files or of a page.</summary>
/// <param name="Key">The key; empty for new ones.</param>
/// <param name="Owner">The key of the agent that owns them.</param>
/// <param name="Place">The key of their place.</param>
/// <param name="Words">What is said of them.</param>
/// <param name="Area">Their floor area in square metres.</param>
/// <param name="Permits">The permits under which they are used.</param>
/// <param name="FirstDay">The first day on which they can be used; null for at once.</param>
/// <param name="LastDay">The last day on which they can be used; null while unsaid.</param>
public sealed record EmptyPremises(
    string Key, string Owner, string Place, PremisesWords Words, Quantity Area, IReadOnlyList<PremisesPermit> Permits, LocalDate? FirstDay, LocalDate? LastDay)
{
    /// <summary>Whether the files say so: then a page does not change them.</summary>
    public bool OfFiles { get; init; }

    /// <summary>Whether their sizes and days are made up.</summary>
    public bool Illustrative { get; init; }

    /// <summary>Whether they are let no more.</summary>
    public bool Withdrawn { get; init; }

    /// <summary>The stamp of the version, for whoever changes it.</summary>
    public long Changed { get; init; }

    /// <summary>Reads what the files say.</summary>
    internal static EmptyPremises Of(DistrictPremises told) => new(
        told.Key,
        told.Owner,
        told.Place,
        new PremisesWords(told.Name, told.Condition ?? Premises.Words.Nothing, told.Plan ?? Premises.Words.Nothing, told.Uses ?? Premises.Words.Nothing),
        new Quantity((long)(told.Area * Quantity.One)),
        told.Permits,
        told.FirstDay,
        told.LastDay)
    {
        OfFiles = true,
        Illustrative = told.Illustrative,
    };

    /// <summary>Reads a row.</summary>
    internal static EmptyPremises Of(PremisesRow row) => new(
        row.Key, row.Owner, row.Place, Stored.Read<PremisesWords>(row.Words), new Quantity(row.Area), Stored.Read<List<PremisesPermit>>(row.Permits), Stored.Day(row.FirstDay), Stored.Day(row.LastDay))
    {
        Withdrawn = row.Withdrawn,
        Changed = row.Changed,
    };
}

/// <summary>What an application is judged by.</summary>
/// <param name="Name">In up to three languages.</param>
/// <param name="Weight">How much it counts beside the others, from 1.</param>
public sealed record Criterion(LocalizedText Name, int Weight);

/// <summary>What is said in a call, each in up to three languages.</summary>
public sealed record CallWords(LocalizedText Text, LocalizedText Offered);

/// <summary>What a call offers and asks, by the square metre and by the month.</summary>
/// <param name="FirstDay">The first day of the use.</param>
/// <param name="LastDay">The last.</param>
/// <param name="Rent">Cents a square metre and month with tax; 0 for none.</param>
/// <param name="Vat">The tax in it, in hundredths of a per cent.</param>
/// <param name="Upkeep">Hours a month that the tenant looks after the premises.</param>
/// <param name="Opening">Hours a month that the tenant keeps them open to the public.</param>
/// <param name="Sharing">Hours a month that the tenant lets other tenants use what it shares.</param>
public sealed record CallTerms(LocalDate FirstDay, LocalDate LastDay, int Rent, int Vat, int Upkeep, int Opening, int Sharing);

/// <summary>A call for temporary users.</summary>
public sealed record PremisesCall(int Id, string Key, string Premises, string Owner, CallWords Words, Instant Opens, Instant Closes, CallTerms Terms, IReadOnlyList<Criterion> Criteria, Instant? Decided, Instant? Cancelled, long Changed)
{
    /// <summary>How it stands.</summary>
    public CallState StateAt(Instant now) =>
        Cancelled is not null ? CallState.Cancelled
        : Decided is not null ? CallState.Decided
        : now < Opens ? CallState.Coming
        : now < Closes ? CallState.Open
        : CallState.Closed;

    internal static PremisesCall Of(PremisesCallRow row) => new(
        row.Id,
        row.Key,
        row.Premises,
        row.Owner,
        Stored.Read<CallWords>(row.Words),
        DistrictCalendar.ToInstant(row.Opens),
        DistrictCalendar.ToInstant(row.Closes),
        new CallTerms(DistrictCalendar.DateOf(row.FirstDay), DistrictCalendar.DateOf(row.LastDay), row.Rent, row.Vat, row.Upkeep, row.Opening, row.Sharing),
        Stored.Read<List<Criterion>>(row.Criteria),
        Stored.Moment(row.Decided),
        Stored.Moment(row.Cancelled),
        row.Changed);
}

/// <summary>How a call stands.</summary>
public enum CallState
{
    /// <summary>It opens later.</summary>
    Coming,

    /// <summary>It takes applications.</summary>
    Open,

    /// <summary>It takes none any more, and is judged.</summary>
    Closed,

    /// <summary>Everyone was told.</summary>
    Decided,

    /// <summary>It was taken back.</summary>
    Cancelled,
}

/// <summary>What somebody wants to do in premises.</summary>
/// <param name="Plan">What.</param>
/// <param name="Area">On how many square metres.</param>
/// <param name="FirstDay">From which day.</param>
/// <param name="LastDay">Until which day.</param>
/// <param name="Sharing">What they would share with other tenants; empty where nothing.</param>
/// <param name="Answers">What they say to each criterion.</param>
/// <param name="ShowName">Whether their name may be shown if they are chosen.</param>
public sealed record ApplicationWish(string Plan, Quantity Area, LocalDate FirstDay, LocalDate LastDay, string Sharing, IReadOnlyList<string> Answers, bool ShowName);

/// <summary>What the landowner makes of an application.</summary>
/// <param name="Scores">Points for each criterion; empty while nobody judged.</param>
/// <param name="Choose">Whether it is chosen.</param>
/// <param name="Reason">Why, for the applicant.</param>
/// <param name="PublicReason">Why, for everyone.</param>
public sealed record Judgement(IReadOnlyList<int> Scores, bool Choose, string Reason, string PublicReason);

/// <summary>An application.</summary>
public sealed record PremisesApplication(int Id, string Key, int CallId, int? AgentId, string Organisation, PremisesApplicationState State, ApplicationWish Wish, Instant? Sent, Judgement Judgement)
{
    internal static PremisesApplication Of(PremisesApplicationRow row) => new(
        row.Id,
        row.Key,
        row.CallId,
        row.AgentId,
        row.Organisation,
        row.State,
        new ApplicationWish(row.Plan, new Quantity(row.Area), DistrictCalendar.DateOf(row.FirstDay), DistrictCalendar.DateOf(row.LastDay), row.Sharing, Stored.Read<List<string>>(row.Answers), row.ShowName),
        Stored.Moment(row.Sent),
        new Judgement(row.Scores.Length == 0 ? [] : Stored.Read<List<int>>(row.Scores), row.Choose, row.Reason, row.PublicReason));

    /// <summary>The weighted points, in per cent of the most there are; null while nobody judged.</summary>
    public decimal? Points(IReadOnlyList<Criterion> criteria) => Judgement.Scores.Count != criteria.Count || criteria.Count == 0
        ? null
        : 100m * criteria.Zip(Judgement.Scores, (criterion, score) => criterion.Weight * score).Sum() / (ChoiceBook.MostPoints * criteria.Sum(criterion => criterion.Weight));
}

/// <summary>Values as rows keep them.</summary>
internal static class Stored
{
    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json)!;

    public static string Write<T>(T value) => JsonSerializer.Serialize(value);

    public static LocalDate? Day(int? day) => day is { } number ? DistrictCalendar.DateOf(number) : null;

    public static Instant? Moment(long? microseconds) => microseconds is { } number ? DistrictCalendar.ToInstant(number) : null;
}

/// <summary>Texts in up to three languages.</summary>
internal static class Words
{
    public static LocalizedText Nothing { get; } = new("", "", "");
}
