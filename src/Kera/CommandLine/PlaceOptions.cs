using System.CommandLine;
using Kera.Base.Hosting;

namespace Kera.CommandLine;

/// <summary>The options by which every verb that needs data finds them.</summary>
internal sealed class PlaceOptions
{
    private readonly Option<string?> _district = new("--district") { Description = "The folder of the district's files; without it the built-in Kera.", HelpName = "DIR" };
    private readonly Option<string?> _data = new("--data") { Description = "The folder of the data; without it .kera/<district> under the current folder.", HelpName = "DIR" };
    private readonly Option<string?> _postgres = new("--postgres") { Description = "A PostgreSQL connection string; without it the data are a file in the folder of the data.", HelpName = "CONN" };

    public void AddTo(Command command)
    {
        command.Add(_district);
        command.Add(_data);
        command.Add(_postgres);
    }

    /// <summary>The options as settings, by their full names; only those that were given.</summary>
    public Dictionary<string, string?> Settings(ParseResult parsed)
    {
        var settings = new Dictionary<string, string?>();
        Put("Kera:District", parsed.GetValue(_district));
        Put("Kera:Data", parsed.GetValue(_data));
        Put("Kera:Postgres", parsed.GetValue(_postgres));
        return settings;

        void Put(string name, string? value)
        {
            if (value is not null)
            {
                settings[name] = value;
            }
        }
    }

    /// <summary>The settings of files and environment, and the options over them.</summary>
    public IConfiguration Configuration(ParseResult parsed) => new ConfigurationBuilder()
        .SetBasePath(AppContext.BaseDirectory)
        .AddJsonFile("appsettings.json", optional: true)
        .AddEnvironmentVariables()
        .AddInMemoryCollection(Settings(parsed))
        .Build();

    /// <summary>What the verb works with; the store is prepared. The caller disposes it.</summary>
    /// <param name="parsed">The command as given.</param>
    /// <param name="create">Whether data that are missing are made; else they are a misuse.</param>
    /// <param name="cancellation">Stops the preparation.</param>
    /// <exception cref="MisuseException">There are no data.</exception>
    public async Task<ServiceProvider> OpenAsync(ParseResult parsed, bool create, CancellationToken cancellation)
    {
        var configuration = Configuration(parsed);
        var settings = KeraSettings.From(configuration);
        var place = KeraPlace.Of(settings);
        return create || place.HasData
            ? await KeraServices.OpenAsync(place, cancellation, readFiles: settings.District.Length > 0, configuration)
            : throw new MisuseException($"There are no data in {place.DataDirectory}. Name their folder with --data, or make some with 'kera serve' or 'kera import'.");
    }
}
