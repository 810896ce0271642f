using System.Globalization;
using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Base.Notices;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Sharing;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Things;

/// <summary>What time brings: who waited is offered what came free, what nobody fetches goes back, and what is due is told.</summary>
public sealed class LoanTurns(KeraStore store, ThingShelf shelf, ItemRegister items, NoticeBoard notices, Catalog catalog)
{
    private const int DaysInWeek = 7;

    /// <summary>How long what came up is kept for who waited.</summary>
    public static Duration OfferTime { get; } = Duration.FromDays(2);

    /// <summary>Does what is due by now; again, it finds nothing.</summary>
    public async Task AdvanceAsync(CancellationToken cancellation)
    {
        foreach (var kind in shelf.Things?.Kinds.Values ?? [])
        {
            await using var db = store.OpenContext();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            await LoanRegister.TakeTurnAsync(db, kind, cancellation);
            await ReleaseAsync(db, kind, cancellation);
            await ServeAsync(db, kind, cancellation);
            await RemindAsync(db, kind, cancellation);
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }

        foreach (var keeper in (shelf.Things?.Kinds.Values ?? []).Select(kind => kind.Keeper).Distinct())
        {
            await TellKeeperAsync(keeper, cancellation);
        }
    }

    // Who acts for a keeper is told each week for as long as something has to be looked after or inspected.
    private async Task TellKeeperAsync(string keeper, CancellationToken cancellation)
    {
        var due = (await items.OfKeeperAsync(keeper, cancellation)).Count(view => view.IsDue(shelf.Today) || view.IsOverdue(shelf.Today));
        if (due == 0 || catalog.Find(catalog.Agents, keeper) is not { Noun.Id: var agent })
        {
            return;
        }

        var word = RoleGrant.WordOf(Role.Partner);
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await StoreTurns.TakeAsync(db, ["thing-keeper:" + keeper], cancellation);
        var values = new Dictionary<string, string> { ["count"] = due.ToString(CultureInfo.InvariantCulture) };
        foreach (var person in await db.Accounts.Where(account => db.AccountRoles.Any(role => role.AccountId == account.Id && role.Role == word && role.AgentId == agent)).Select(account => account.AgentId).ToListAsync(cancellation))
        {
            var week = DistrictCalendar.DayNumber(shelf.Today) / DaysInWeek;
            await notices.AddAsync(db, person, new NewNotice("thing.due", values, ThingDesk.PathOf(keeper), string.Create(CultureInfo.InvariantCulture, $"thing-due {keeper} {week}")), cancellation);
        }

        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private async Task ReleaseAsync(KeraDb db, ThingKind kind, CancellationToken cancellation)
    {
        var (now, today) = (shelf.NowMicroseconds, DistrictCalendar.DayNumber(shelf.Today));
        var over = await db.Loans.Where(row => row.Kind == kind.Key && (
            (row.State == LoanState.Offered && row.HeldUntil <= now) || (row.State == LoanState.Reserved && row.Due < today) || (row.State == LoanState.Waiting && row.Latest < today))).ToListAsync(cancellation);
        foreach (var row in over)
        {
            (row.State, row.HeldUntil, row.Changed) = (LoanState.Cancelled, null, now);
            Audit.Add(db, Actor.Job(), shelf.Now, "loan.lapse", row.Key);
        }

        await db.SaveChangesAsync(cancellation);
    }

    private async Task ServeAsync(KeraDb db, ThingKind kind, CancellationToken cancellation)
    {
        var stock = await shelf.StockAsync(db, kind, null, cancellation);
        foreach (var (key, claim) in WaitingList.Served(stock.Pieces, stock.Claims, kind.Terms.BufferDays, stock.Waiting, shelf.Today))
        {
            var row = await db.Loans.SingleAsync(row => row.Key == key, cancellation);
            var first = DistrictCalendar.DayNumber(claim.From);
            (row.State, row.First, row.Latest, row.Due, row.HeldUntil, row.Changed) = (LoanState.Offered, first, first, DistrictCalendar.DayNumber(claim.To), DistrictCalendar.ToMicroseconds(shelf.Now + OfferTime), shelf.NowMicroseconds);
            Audit.Add(db, Actor.Job(), shelf.Now, "loan.offer", row.Key);
            await TellAsync(db, row, kind, "loan.offered", shelf.DayOf(shelf.Now + OfferTime), "offered", cancellation);
        }
    }

    // The day before it is due, when it is late, and then each week.
    private async Task RemindAsync(KeraDb db, ThingKind kind, CancellationToken cancellation)
    {
        var today = DistrictCalendar.DayNumber(shelf.Today);
        foreach (var row in await db.Loans.AsNoTracking().Where(row => row.Kind == kind.Key && row.State == LoanState.Out && row.OffHire == null && row.Due <= today + 1).ToListAsync(cancellation))
        {
            var late = row.Due < today;
            await TellAsync(db, row, kind, late ? "loan.late" : "loan.due", DistrictCalendar.DateOf(row.Due), late ? $"late {row.Due} {(today - row.Due - 1) / DaysInWeek}" : $"due {row.Due}", cancellation);
        }
    }

    private async Task TellAsync(KeraDb db, LoanRow row, ThingKind kind, string what, LocalDate day, string once, CancellationToken cancellation)
    {
        if (row.AgentId is { } person)
        {
            var code = await db.Accounts.Where(account => account.AgentId == person).Select(account => account.Language).SingleOrDefaultAsync(cancellation);
            var language = Language.TryFind(code, out var known) ? known : Language.Finnish;
            var values = new Dictionary<string, string> { ["thing"] = Texts.WithoutSoftHyphens(kind.Name.In(language.Code)), [NewNotice.Day] = LocalDatePattern.Iso.Format(day) };
            await notices.AddAsync(db, person, new NewNotice(what, values, LoanEndpoints.PathOf(row.Key), $"loan {row.Key} {once}"), cancellation);
        }
    }
}
