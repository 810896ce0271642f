namespace Kera.Sharing.Rounds;

/// <summary>Why a wish got what it got, or did not get more.</summary>
/// <param name="Code">Why.</param>
/// <param name="Count">Of how many: see the code.</param>
/// <param name="Category">Of which category are those that have what was wished; null where it is of nobody's.</param>
public sealed record RoundReason(RoundReasonCode Code, int Count, string? Category = null);

/// <summary>Why a wish got what it got, or did not get more. Nobody's name is in it.</summary>
public enum RoundReasonCode
{
    /// <summary>So many times are as wished: in primary time, in the space named first, as long as wished at most.</summary>
    GrantedAsWished,

    /// <summary>So many times are partly or wholly in secondary time.</summary>
    GrantedSecondary,

    /// <summary>So many times are in a space that was not named first.</summary>
    GrantedOtherSpace,

    /// <summary>So many times are shorter than wished at most.</summary>
    GrantedShorter,

    /// <summary>So many times are granted by the handler.</summary>
    GrantedByHandler,

    /// <summary>On so many fewer weekdays than times are wished is there any suitable time in any option.</summary>
    TooFewDays,

    /// <summary>So many options hold fewer people than come.</summary>
    SpaceTooSmall,

    /// <summary>So many options have not what is needed.</summary>
    FeatureMissing,

    /// <summary>For so many options there are fewer pieces of shared equipment in all than needed.</summary>
    EquipmentMissing,

    /// <summary>For so many options the suitable times are shorter than the shortest duration.</summary>
    SuitableTimesTooShort,

    /// <summary>So many options are closed at the suitable times.</summary>
    SpaceClosed,

    /// <summary>So many options are used already at the suitable times.</summary>
    SpaceOccupied,

    /// <summary>In so many options the handler does not want it at any time that would do.</summary>
    HandlerForbade,

    /// <summary>On so many weekdays what the handler granted by hand is in the way of every time that would do.</summary>
    HandlerGranted,

    /// <summary>So many times of a category, each of which weighs as much or more, have what was wished.</summary>
    TakenByWeightier,

    /// <summary>So many times of a category, each of which weighs less but which count more together with what else would have to go, have what was wished.</summary>
    TakenByMoreTogether,

    /// <summary>So many other times of the group itself are in the way.</summary>
    TakenByItself,

    /// <summary>What was left would not have reached the minimum of times: on so many more weekdays there should have been some.</summary>
    MinimumNotReached,
}
