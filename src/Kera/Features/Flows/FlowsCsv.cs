using System.Globalization;
using System.Text;
using Kera.Base.Ui;
using NodaTime.Text;

namespace Kera.Features.Flows;

/// <summary>The table of flows as comma-separated values (RFC 4180): keys beside names, exact quantities with a point.</summary>
public static class FlowsCsv
{
    private static readonly string[] Columns =
    [
        "action", "resource", "resourceName", "specification", "provider", "providerName", "receiver", "receiverName",
        "toResource", "process", "unit", "quantity", "events", "quality",
    ];

    /// <summary>Writes a table.</summary>
    public static string Write(FlowsOverview overview)
    {
        var csv = new StringBuilder();
        csv.CsvLine(Columns);
        foreach (var (flow, quantity, events) in overview.Flows)
        {
            csv.CsvLine(
            [
                flow.Action, flow.Resource?.Key, flow.Resource?.Name, flow.Specification.Key,
                flow.Provider.Key, flow.Provider.Name, flow.Receiver.Key, flow.Receiver.Name,
                flow.ToResource?.Key, flow.Process?.Key, flow.Unit,
                quantity.ToString(), events.ToString(CultureInfo.InvariantCulture), flow.Quality?.ToString().ToLowerInvariant(),
            ]);
        }

        return csv.ToString();
    }

    /// <summary>A name that says what is in it.</summary>
    public static string FileName(FlowsOverview overview) =>
        $"flows-{LocalDatePattern.Iso.Format(overview.Window.First)}-{LocalDatePattern.Iso.Format(overview.Window.After.PlusDays(-1))}.csv";
}
