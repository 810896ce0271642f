using NodaTime;

namespace Kera.Base.Ui;

/// <summary>What all pages need to know of the district they show.</summary>
public sealed class UiOptions
{
    /// <summary>The zone of all times on pages.</summary>
    public DateTimeZone Zone { get; set; } = DateTimeZoneProviders.Tzdb["Europe/Helsinki"];

    /// <summary>Whether synthetic figures are loaded; every page then says so.</summary>
    public bool Demonstration { get; set; }

    /// <summary>Whether mail is sent: where it is not, no page offers it.</summary>
    public bool SendsMail { get; set; }
}
