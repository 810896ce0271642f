using System.Globalization;
using System.Text;
using Kera.Base.Ui;

namespace Kera.Features.Carbon;

/// <summary>Who used what of which source, as comma-separated values.</summary>
public static class CarbonCsv
{
    private static readonly string[] Columns = ["from", "until", "source", "sourceName", "through", "use", "useName", "unit", "carbon"];

    /// <summary>Writes a period's course: its hours, days or months.</summary>
    public static string WriteCourse(CarbonView view)
    {
        var csv = new StringBuilder();
        csv.CsvLine(["from", "until", "unit", "carbon"]);
        foreach (var part in view.Course)
        {
            csv.CsvLine([part.Time.Start.ToString(), part.Time.End.ToString(), "kg CO2e", part.Used.ToString("0.######", CultureInfo.InvariantCulture)]);
        }

        return csv.ToString();
    }

    /// <summary>Writes the intensities of networks, traced and ahead.</summary>
    public static string WriteIntensities(CarbonView view)
    {
        var csv = new StringBuilder();
        csv.CsvLine(["network", "networkName", "from", "unit", "intensity", "ahead"]);
        foreach (var network in view.Networks)
        {
            foreach (var hour in network.Hours.Where(hour => hour.Value is not null))
            {
                csv.CsvLine([network.Key, Texts.WithoutSoftHyphens(network.Name), hour.Start.ToString(), network.Unit, hour.Value.ToString(), hour.Ahead ? "yes" : "no"]);
            }
        }

        return csv.ToString();
    }

    /// <summary>Writes a period's bands.</summary>
    public static string Write(CarbonView view)
    {
        var csv = new StringBuilder();
        csv.CsvLine(Columns);
        foreach (var band in view.Bands.OrderByDescending(band => band.Kilograms))
        {
            csv.CsvLine(
            [
                view.Time.Start.ToString(), view.Time.End.ToString(),
                band.Source, Texts.WithoutSoftHyphens(view.SourceName(band.Source)), Texts.WithoutSoftHyphens(band.Through), band.Use, Texts.WithoutSoftHyphens(band.UseName),
                "kg CO2e", band.Kilograms.ToString("0.######", CultureInfo.InvariantCulture),
            ]);
        }

        return csv.ToString();
    }
}
