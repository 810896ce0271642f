namespace Kera.Energy;

/// <summary>A system or a case is not as it should be.</summary>
/// <param name="field">Where, as <c>activities[3].flows.heat</c> or an element's name.</param>
/// <param name="sentence">What is wrong, and what would be right.</param>
public sealed class EnergyException(string field, string sentence) : Exception(sentence)
{
    /// <summary>Where it lies.</summary>
    public string Field { get; } = field;

    /// <summary>The rule of communities that notices break together; null where it is about something else.</summary>
    public MembershipRule? Rule { get; init; }
}
