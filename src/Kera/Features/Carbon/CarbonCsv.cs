using System.Globalization;
using System.Text;
using Kera.Base.Ui;

namespace Kera.Features.Carbon;

/// <summary>Who used what of which source, as comma-separated values.</summary>
public static class CarbonCsv
{
    private static readonly string[] Columns = ["from", "until", "source", "sourceName", "through", "use", "useName", "unit", "carbon"];

    /// <summary>Writes a period's bands.</summary>
    public static string Write(CarbonView view, CarbonNames names)
    {
        var csv = new StringBuilder();
        csv.CsvLine(Columns);
        foreach (var band in view.Bands.OrderByDescending(band => band.Kilograms))
        {
            csv.CsvLine(
            [
                view.Time.Start.ToString(), view.Time.End.ToString(),
                band.Source, Texts.WithoutSoftHyphens(names.Source(band.Source)), Texts.WithoutSoftHyphens(band.Through), band.Use, Texts.WithoutSoftHyphens(band.UseName),
                "kg CO2e", band.Kilograms.ToString("0.######", CultureInfo.InvariantCulture),
            ]);
        }

        return csv.ToString();
    }
}
