using Kera.Base.District;
using Kera.Base.Ui;
using Kera.Flows;
using NodaTime;

namespace Kera.Features.Partners;

/// <summary>How a promise stands.</summary>
public enum PromiseState
{
    /// <summary>Not yet due, or due at no date, and not yet wholly fulfilled.</summary>
    OnTheWay,

    /// <summary>Due, and not wholly fulfilled.</summary>
    Late,

    /// <summary>Wholly fulfilled, or declared finished.</summary>
    Kept,
}

/// <summary>A promise of a flow.</summary>
/// <param name="Name">In words.</param>
/// <param name="State">How it stands.</param>
/// <param name="Promised">How much.</param>
/// <param name="Fulfilled">How much of it events have fulfilled.</param>
/// <param name="Unit">Of both.</param>
/// <param name="Due">The last day; null where unsaid.</param>
/// <param name="Receiver">To whom.</param>
/// <param name="Key">By which an event that fulfils it names it.</param>
/// <param name="Action">What is promised to be done.</param>
public sealed record PartnerPromise(string Name, PromiseState State, Quantity Promised, Quantity Fulfilled, string Unit, LocalDate? Due, string Receiver, string Key, FlowAction Action)
{
    /// <summary>How much is missing; nothing of what is kept.</summary>
    public Quantity Missing => State == PromiseState.Kept ? Quantity.Zero : Promised - Fulfilled;
}

/// <summary>How many promises stand how.</summary>
public sealed record PromiseCounts(int Kept, int OnTheWay, int Late)
{
    /// <summary>All of them.</summary>
    public int All => Kept + OnTheWay + Late;

    /// <summary>Counts.</summary>
    public static PromiseCounts Of(IEnumerable<PromiseState> states)
    {
        var all = states.ToList();
        return new PromiseCounts(all.Count(state => state == PromiseState.Kept), all.Count(state => state == PromiseState.OnTheWay), all.Count(state => state == PromiseState.Late));
    }

    /// <summary>How a promise stands.</summary>
    /// <param name="finished">Whether it was declared finished.</param>
    /// <param name="promised">How much was promised.</param>
    /// <param name="fulfilled">How much was fulfilled.</param>
    /// <param name="due">The end of its time, in microseconds; null where unsaid.</param>
    /// <param name="now">The moment, in microseconds.</param>
    public static PromiseState StateOf(bool finished, long promised, long fulfilled, long? due, long now) =>
        finished || fulfilled >= promised ? PromiseState.Kept
        : due < now ? PromiseState.Late
        : PromiseState.OnTheWay;
}

/// <summary>An agreement that a partner has made, with what it aims at.</summary>
public sealed record PartnerAgreement(string Key, string Name, DistrictDate? Date, IReadOnlyList<DistrictGoal> Goals, IReadOnlyList<Target> Targets, IReadOnlyList<DistrictSource> Sources);

/// <summary>A partner in the list.</summary>
/// <param name="Agent">By key and name.</param>
/// <param name="Role">What it gives; empty where nobody said.</param>
/// <param name="Agreements">The names of the agreements that it made.</param>
/// <param name="Promises">How its promises stand.</param>
/// <param name="Places">Where it acts.</param>
/// <param name="Flows">How many flows it is a party of.</param>
public sealed record PartnerLine(Named Agent, string Role, IReadOnlyList<string> Agreements, PromiseCounts Promises, IReadOnlyList<Named> Places, int Flows);

/// <summary>Everyone who builds together.</summary>
/// <param name="District">The district's name.</param>
/// <param name="Parties">Who has made an agreement, the most bound first.</param>
/// <param name="Others">Who else works, tries or hosts something.</param>
/// <param name="Agreements">What was agreed.</param>
/// <param name="Promises">How all promises stand.</param>
public sealed record PartnersOverview(string District, IReadOnlyList<PartnerLine> Parties, IReadOnlyList<PartnerLine> Others, IReadOnlyList<PartnerAgreement> Agreements, PromiseCounts Promises);

/// <summary>Something that a partner tried with others.</summary>
public sealed record PartnerPilot(string Name, string Summary, DistrictDate From, DistrictDate? To);

/// <summary>Everything that a partner's page shows.</summary>
public sealed record PartnerView(PartnerLine Line)
{
    public required IReadOnlyList<PartnerAgreement> Agreements { get; init; }

    public required IReadOnlyList<PartnerPromise> Promises { get; init; }

    public required IReadOnlyList<PartnerPilot> Pilots { get; init; }

    /// <summary>What it moved lately.</summary>
    public required FlowMonth Flows { get; init; }

    public required IReadOnlyList<DistrictSource> Sources { get; init; }

    /// <summary>What it says of itself.</summary>
    public required PartnerProfile Profile { get; init; }

    /// <summary>What it offers, in its own words.</summary>
    public required IReadOnlyList<PartnerService> Services { get; init; }
}
