using System.Globalization;
using System.Text;
using Kera.Base.Ui;
using Kera.Energy;
using NodaTime.Text;

namespace Kera.Features.Communities;

/// <summary>A settled month as comma-separated values, in watt-hours, a line for each quarter of an hour.</summary>
internal static class CommunityCsv
{
    /// <summary>The community.</summary>
    public static string Write(CommunitySettlement settlement)
    {
        var csv = new StringBuilder();
        csv.CsvLine(["begin", "production_Wh", "own_use_Wh", "surplus_Wh", "credited_Wh", "unused_to_common_point_Wh", "unused_to_virtual_points_Wh", "remainder_Wh", "quality"]);
        for (var period = 0; period < settlement.Periods.Count; period++)
        {
            var energy = settlement.Period(period);
            csv.CsvLine([
                InstantPattern.General.Format(settlement.Periods.Begin(period)),
                Number(energy.Production), Number(energy.OwnUse), Number(energy.Surplus), Number(energy.Credited), Number(energy.UnusedToCommonPoint), Number(energy.UnusedToVirtualPoints), Number(energy.Remainder),
                Name(settlement.Quality(period)),
            ]);
        }

        return csv.ToString();
    }

    /// <summary>A member's statement, with the carbon of its net use in both ways; empty where a part of it is not known.</summary>
    public static string Write(SettlementStatement statement, PointIntensities intensities)
    {
        var csv = new StringBuilder();
        csv.CsvLine(["begin", "share_percent", "use_Wh", "production_Wh", "net_use_Wh", "offered_Wh", "credited_Wh", "left_to_buy_Wh", "unused_Wh", "location_gCO2e", "market_gCO2e", "quality"]);
        foreach (var line in statement.Lines)
        {
            var carbon = intensities.Of(line);
            csv.CsvLine([
                InstantPattern.General.Format(line.Begin),
                line.InForce.Percent.ToString("0.####", CultureInfo.InvariantCulture),
                Number(line.Energy.Use), Number(line.Energy.Production), Number(line.Energy.NetUse), Number(line.Energy.Share), Number(line.Energy.Credit), Number(line.Energy.LeftToBuy), Number(line.Energy.Unused),
                Grams(carbon.Location), Grams(carbon.Market),
                Name(line.Quality),
            ]);
        }

        return csv.ToString();
    }

    private static string Number(long wattHours) => wattHours.ToString(CultureInfo.InvariantCulture);

    // Exactly: whole watt-hours times millionths of a gram for a kWh.
    private static string Grams(KnownCarbon carbon) => carbon.IsWhole ? carbon.Grams.ToString("0.#########", CultureInfo.InvariantCulture) : "";

    private static string Name(ReadingQuality quality) => quality.ToString().ToLowerInvariant();
}
