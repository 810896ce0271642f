using Kera.Base.Hosting;

namespace Kera.Features.Spaces;

/// <summary>Doors and displays that are told of bookings: the section <c>Kera:Spaces</c>.</summary>
public sealed class DoorSettings
{
    /// <summary>Who is told; none for nobody.</summary>
    public IList<DoorHook> Hooks { get; } = [];

    /// <summary>Reads the settings.</summary>
    /// <exception cref="SettingException">One cannot be used.</exception>
    public static DoorSettings From(IConfiguration configuration)
    {
        var settings = new DoorSettings();
        try
        {
            configuration.GetSection("Kera:Spaces").Bind(settings, options => options.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException mistake)
        {
            throw new SettingException("Spaces", mistake.InnerException?.Message ?? mistake.Message);
        }

        foreach (var (hook, number) in settings.Hooks.Select((hook, number) => (hook, number)))
        {
            if (!Uri.TryCreate(hook.Url, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http") || url.UserInfo.Length > 0)
            {
                throw new SettingException($"Spaces:Hooks:{number}:Url", $"'{hook.Url}' is no address of a webhook. Give one as https://doors.example.org/kera.");
            }

            if (hook.Keeper.Length == 0)
            {
                throw new SettingException($"Spaces:Hooks:{number}:Keeper", "Whose doors are they? Give the key of the agent that keeps the spaces, as demo-hall-association.");
            }
        }

        return settings;
    }
}

/// <summary>A program that opens doors or shows what is booked.</summary>
public sealed class DoorHook
{
    /// <summary>Where it is called.</summary>
    public string Url { get; set; } = "";

    /// <summary>The agent whose spaces it is told of.</summary>
    public string Keeper { get; set; } = "";

    /// <summary>Whether it opens doors, and gets their codes; else it is only told what is booked.</summary>
    public bool Codes { get; set; }
}
