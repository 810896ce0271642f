using Kera.Base.Store;

namespace Kera.Base.Hosting;

/// <summary>Where a district's files and its data lie on this machine.</summary>
/// <param name="DistrictDirectory">The folder of the district's files.</param>
/// <param name="DataDirectory">The folder of the data.</param>
/// <param name="Postgres">The connection string of the database; empty where the data are a file.</param>
/// <param name="Demonstration">Whether the data are, where they are new, those of the demonstration.</param>
public sealed record KeraPlace(string DistrictDirectory, string DataDirectory, string Postgres, bool Demonstration)
{
    /// <summary>The folder of the district that Kera brings along.</summary>
    public static string BuiltInDistrict => Path.Combine(AppContext.BaseDirectory, "districts", "kera");

    /// <summary>The file of the data.</summary>
    public string DatabaseFile => Path.Combine(DataDirectory, "kera.db");

    /// <summary>Whether there are data already. On PostgreSQL that shows only when it is opened.</summary>
    public bool HasData => Postgres.Length > 0 || File.Exists(DatabaseFile);

    /// <summary>Where the settings say. The demonstration's data have a folder of their own.</summary>
    public static KeraPlace Of(KeraSettings settings)
    {
        var district = Path.GetFullPath(settings.District.Length == 0 ? BuiltInDistrict : settings.District);
        var data = settings.Data.Length == 0 ? Path.Combine(".kera", Path.GetFileName(Path.TrimEndingDirectorySeparator(district)) + (settings.Demo ? "-demo" : "")) : settings.Data;
        return new KeraPlace(district, Path.GetFullPath(data), settings.Postgres, settings.Demo);
    }

    /// <summary>The store; made where it is missing. The caller disposes it.</summary>
    /// <exception cref="SettingException">The connection string is malformed, or the folder cannot be made.</exception>
    public KeraStore OpenStore()
    {
        try
        {
            return Postgres.Length == 0 ? KeraStore.Sqlite(DatabaseFile) : KeraStore.Postgres(Postgres);
        }
        catch (ArgumentException mistake)
        {
            throw new SettingException("Postgres", $"The connection string cannot be read: {mistake.Message} Write it as 'Host=…;Database=…;Username=…;Password=…'.");
        }
        catch (Exception mistake) when (mistake is IOException or UnauthorizedAccessException)
        {
            throw new SettingException("Data", $"The folder cannot be made: {mistake.Message}");
        }
    }
}
