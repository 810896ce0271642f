using System.CommandLine;
using Kera.Base.Access;
using Kera.Base.Readings;

namespace Kera.CommandLine;

/// <summary><c>kera import prices</c>: what power costs on the day-ahead market.</summary>
internal static class ImportPricesCommand
{
    public static Command Create()
    {
        var command = new Command("prices", $"Keep the day-ahead prices of power in the Series {PriceImport.Key}, by quarters of an hour. Each row is the interval that begins at its stamp.");
        var place = new PlaceOptions();
        var options = new SeriesFileOptions();
        var column = new Option<string?>("--column") { Description = "The heading of the prices; without it the only column beside the stamps.", HelpName = "C" };
        var unit = new Option<string>("--unit") { Description = "The unit of the numbers: EUR/MWh, EUR/kWh or ct/kWh; without it EUR/MWh.", HelpName = "U", DefaultValueFactory = _ => "EUR/MWh" };
        var tax = new Option<string>("--vat") { Description = "The value added tax that the numbers include, in per cent, as 25.5: it is taken off. Without it 0.", HelpName = "SHARE", DefaultValueFactory = _ => "0" };
        foreach (var option in new Option[] { column, unit, tax })
        {
            command.Add(option);
        }

        options.AddTo(command);
        place.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var (stamps, step) = (options.Stamps(parsed), options.Step(parsed));
            if (parsed.GetRequiredValue(unit) is var given && !PriceImport.Units.ContainsKey(given))
            {
                throw new MisuseException($"--unit: '{given}' is no unit of a price. Use EUR/MWh, EUR/kWh or ct/kWh; capitals count.");
            }

            if (!ExactNumber.TryParse(parsed.GetRequiredValue(tax), out var share) || share.Numerator.Sign < 0 || share.Numerator > 100 * share.Denominator)
            {
                throw new MisuseException($"--vat: '{parsed.GetValue(tax)}' is no share. Write per cent from 0 to 100, as 25.5.");
            }

            return await options.ImportAsync(
                parsed, place, (services, text) => services.GetRequiredService<PriceImport>().RunAsync(text, stamps, options.TimeColumn(parsed), parsed.GetValue(column), step, PriceImport.Factor(given, share), Actor.Operator(), cancellation), Print, cancellation);
        });
        return command;
    }

    private static void Print(PriceReport report, TextWriter output)
    {
        output.WriteLine($"{report.Series}: {report.From} to {report.Until}, by quarters of an hour.");
        output.WriteLine($"{report.Values.Added} added, {report.Values.Same} were there, {report.Values.Replaced} replaced.");
        if (report.Empty > 0)
        {
            output.WriteLine($"{report.Empty} cells have no value: gaps, not zeros.");
        }

        if (report.Gaps > 0)
        {
            output.WriteLine($"{report.Gaps} quarters of an hour between have no price.");
        }
    }
}
