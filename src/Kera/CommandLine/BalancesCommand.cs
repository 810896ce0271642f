using System.CommandLine;
using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.Readings;

namespace Kera.CommandLine;

/// <summary><c>kera balances</c>: what is where, now or at any moment.</summary>
internal static class BalancesCommand
{
    public static Command Create()
    {
        var command = new Command("balances", "Show every resource that has come into being: who holds it, how much is in account and on hand.");
        var place = new PlaceOptions();
        var at = new Option<string?>("--at") { Description = "As of this moment (2026-01-31T13:00+02:00): all events that had taken effect by then, as the ledger knows them today; without it now.", HelpName = "T" };
        var json = Printing.JsonOption();
        command.Add(at);
        command.Add(json);
        place.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var moment = Moment(parsed.GetValue(at));
            await using var services = await place.OpenAsync(parsed, create: false, cancellation);
            var balances = await services.GetRequiredService<LedgerQueries>().BalancesAsync(Reader.Everything, moment, cancellation);
            var rows = balances.Select(balance => new
            {
                agent = balance.State.Custodian?.Key,
                resource = balance.Resource.Key,
                specification = balance.Resource.ConformsTo.Key,
                unit = balance.Resource.ConformsTo.Unit.Code,
                accounting = balance.State.Accounting.ToDecimal(),
                onhand = balance.State.Onhand.ToDecimal(),
            }).ToList();
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                output.WriteJson(rows);
            }
            else
            {
                output.WriteColumns(["AGENT", "RESOURCE", "SPECIFICATION", "UNIT", "IN ACCOUNT", "ON HAND"], [.. balances.Select(balance => (string[])
                    [balance.State.Custodian?.Key ?? "-", balance.Resource.Key, balance.Resource.ConformsTo.Key, balance.Resource.ConformsTo.Unit.Code, balance.State.Accounting.ToString(), balance.State.Onhand.ToString()])]);
            }

            return ExitCode.Fine;
        });
        return command;
    }

    private static long? Moment(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return StampReader.TryReadWithOffset(text, out var moment)
            ? DistrictCalendar.ToMicroseconds(moment)
            : throw new MisuseException($"--at: '{text}' is no moment. Write it with its offset, as 2026-01-31T13:00+02:00 or 2026-01-31T11:00Z.");
    }
}
