using System.Globalization;
using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Features.Things;

/// <summary>What a keeper does with money after a thing is back: deposits that are given back or kept, prices that are not asked.</summary>
public sealed class LoanSettling(KeraStore store, ThingShelf shelf, LoanRegister register, LoanCounter counter)
{
    private const decimal LeastKept = 0.01m;

    // For so long a keeper still sees what was brought back, and can take back what they decided.
    private static readonly Duration s_shown = Duration.FromDays(60);

    /// <summary>Gives a deposit back, or what was kept of it: what was invoiced of it is credited.</summary>
    public Task GiveDepositBackAsync(string key, string keeper, Actor actor, CancellationToken cancellation) => counter.ChangeAsync(
        key,
        keeper,
        actor,
        "loan.deposit",
        row => row.State is LoanState.Returned or LoanState.Lost && (row.DepositHeld || row.DepositKept > 0),
        row => (row.DepositHeld, row.DepositKept) = (false, 0),
        cancellation);

    /// <summary>Keeps a part of a deposit, or all of it, to make a damage good; the rest is given back.</summary>
    /// <param name="key">The loan.</param>
    /// <param name="euros">How much is kept; null for what cannot be read.</param>
    /// <param name="keeper">The agent that keeps the thing.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="AccessException">It is nothing, or more than the deposit.</exception>
    public Task KeepDepositAsync(string key, decimal? euros, string keeper, Actor actor, CancellationToken cancellation) => counter.ChangeAsync(
        key,
        keeper,
        actor,
        "loan.keep",
        row => row is { State: LoanState.Returned, DepositHeld: true }
            && (euros >= LeastKept && euros <= LoanPrices.Euros(row.Deposit) ? true : throw new AccessException("amount", "Write how much is kept: above 0, and no more than the deposit.", "things.error.amount")),
        row => (row.DepositHeld, row.DepositKept) = (false, LoanPrices.Cents(euros!.Value)),
        cancellation,
        string.Create(CultureInfo.InvariantCulture, $"{euros}"));

    /// <summary>Asks nothing for a loan that is over: what was invoiced of its price is credited.</summary>
    public Task ForgiveAsync(string key, string keeper, Actor actor, CancellationToken cancellation) => counter.ChangeAsync(
        key,
        keeper,
        actor,
        "loan.forgive",
        row => row.State is LoanState.Returned or LoanState.Lost && row.Gross > 0,
        row => (row.Gross, row.Vat) = (0, 0),
        cancellation);

    /// <summary>What ended lately and costs something, the newest first.</summary>
    public async Task<IReadOnlyList<LoanView>> EndedAsync(string keeper, CancellationToken cancellation)
    {
        var since = DistrictCalendar.ToMicroseconds(shelf.Now - s_shown);
        List<string> kinds = [.. shelf.Things!.Kinds.Values.Where(kind => kind.Keeper == keeper).Select(kind => kind.Key)];
        await using var db = store.OpenContext();
        var rows = await db.Loans.AsNoTracking()
            .Where(row => kinds.Contains(row.Kind) && (row.State == LoanState.Returned || row.State == LoanState.Lost) && row.BackAt > since && !row.DepositHeld && (row.Gross > 0 || row.DepositKept > 0))
            .OrderByDescending(row => row.BackAt).ToListAsync(cancellation);
        return [.. rows.Select(register.ViewOf).OfType<LoanView>()];
    }
}
