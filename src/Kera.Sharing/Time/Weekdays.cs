using NodaTime;

namespace Kera.Sharing;

/// <summary>A set of days of the week.</summary>
[Flags]
public enum Weekdays
{
    /// <summary>No day.</summary>
    None = 0,

    /// <summary>Monday.</summary>
    Monday = 1,

    /// <summary>Tuesday.</summary>
    Tuesday = 2,

    /// <summary>Wednesday.</summary>
    Wednesday = 4,

    /// <summary>Thursday.</summary>
    Thursday = 8,

    /// <summary>Friday.</summary>
    Friday = 16,

    /// <summary>Saturday.</summary>
    Saturday = 32,

    /// <summary>Sunday.</summary>
    Sunday = 64,

    /// <summary>Monday to Friday.</summary>
    Working = Monday | Tuesday | Wednesday | Thursday | Friday,

    /// <summary>Saturday and Sunday.</summary>
    Weekend = Saturday | Sunday,

    /// <summary>Every day.</summary>
    All = Working | Weekend,
}

/// <summary>What a set of weekdays is asked.</summary>
public static class WeekdaySets
{
    /// <summary>Whether the set has a day.</summary>
    public static bool Has(this Weekdays weekdays, IsoDayOfWeek day) => ((int)weekdays & (1 << ((int)day - 1))) != 0;

    /// <summary>The set of one day.</summary>
    public static Weekdays Of(IsoDayOfWeek day) => (Weekdays)(1 << ((int)day - 1));
}
