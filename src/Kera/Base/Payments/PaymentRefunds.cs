using System.Text.Json.Nodes;
using Kera.Base.Access;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Notices;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Flows;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Base.Payments;

/// <summary>
/// What is paid back. It is written in the transaction of what it follows from, and the provider is asked after that, until it answers; by
/// its key the provider knows what it was asked before, so that nothing is lost and nothing paid back twice.
/// </summary>
public sealed class PaymentRefunds(KeraStore store, PaymentSettings settings, Paytrail provider, NoticeBoard notices, SiteAddress site, DateTimeZone zone, IClock clock)
{
    private const int CentsInEuro = 100;
    private static readonly Duration s_claim = Duration.FromMinutes(5);
    private static readonly Duration s_longestPause = Duration.FromHours(6);

    /// <summary>The address that the provider calls for a refund, after the language.</summary>
    public static string CallbackPath(string key) => $"{PaymentBook.CallbackPath}/{key}";

    /// <summary>
    /// Pays back what was paid for something and is not owed any more. To be called in the transaction of whatever changes what is owed, by who
    /// has the turn of the thing; again, it finds nothing.
    /// </summary>
    /// <param name="db">The caller's context, in a transaction.</param>
    /// <param name="source">What it was paid for.</param>
    /// <param name="owed">What of it is owed now, in cents with tax.</param>
    /// <param name="now">The moment.</param>
    /// <param name="cancellation">Stops before anything is stored.</param>
    public static async Task SettleAsync(KeraDb db, string source, int owed, Instant now, CancellationToken cancellation)
    {
        var paid = await db.Payments.Where(row => row.Source == source && row.State == PaymentState.Paid).OrderByDescending(row => row.Id).ToListAsync(cancellation);
        var ids = paid.ConvertAll(row => row.Id);
        var back = (await db.PaymentRefunds.Where(row => ids.Contains(row.PaymentId)).ToListAsync(cancellation)).ToLookup(row => row.PaymentId, row => row.Amount);
        var left = paid.ConvertAll(row => (Row: row, Cents: row.Amount - back[row.Id].Sum()));
        var over = left.Sum(each => each.Cents) - owed;
        foreach (var (row, cents) in left.Where(each => each.Cents > 0))
        {
            if (Math.Min(over, cents) is var amount and > 0)
            {
                Add(db, row, amount, now);
                over -= amount;
            }
        }
    }

    internal static void Add(KeraDb db, PaymentRow payment, int amount, Instant now)
    {
        var row = new PaymentRefundRow { Key = RandomKey.New(), PaymentId = payment.Id, Amount = amount, NextAttempt = DistrictCalendar.ToMicroseconds(now), Made = DistrictCalendar.ToMicroseconds(now) };
        db.PaymentRefunds.Add(row);
        Audit.Add(db, Actor.Job(), now, "payment.refund", $"{row.Key}: {payment.Source}");
    }

    /// <summary>Asks the provider for what is due.</summary>
    /// <returns>How many it took.</returns>
    public async Task<int> SendDueAsync(CancellationToken cancellation)
    {
        var now = Micros();
        await using var db = store.OpenContext();
        var taken = 0;
        foreach (var key in await db.PaymentRefunds.Where(row => row.State == PaymentRefundState.Waiting && row.NextAttempt <= now).OrderBy(row => row.NextAttempt).Select(row => row.Key).ToListAsync(cancellation))
        {
            taken += await SendAsync(db, key, cancellation) ? 1 : 0;
        }

        return taken;
    }

    /// <summary>Lets a refund that the provider refused be asked once more, or takes down that the seller paid it back otherwise.</summary>
    /// <returns>Whether the seller has such a refund.</returns>
    public async Task<bool> ResolveAsync(string key, string seller, bool again, Actor actor, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var now = Micros();
        var rows = db.PaymentRefunds.Where(row => row.Key == key && row.State == PaymentRefundState.Refused && db.Payments.Any(payment => payment.Id == row.PaymentId && payment.Seller == seller));
        var changed = again
            ? await rows.ExecuteUpdateAsync(set => set.SetProperty(row => row.State, PaymentRefundState.Waiting).SetProperty(row => row.NextAttempt, now).SetProperty(row => row.Ended, (long?)null), cancellation)
            : await rows.ExecuteUpdateAsync(set => set.SetProperty(row => row.State, PaymentRefundState.Done).SetProperty(row => row.Error, "").SetProperty(row => row.Ended, now), cancellation);
        if (changed == 0)
        {
            return false;
        }

        Audit.Add(db, actor, clock.GetCurrentInstant(), again ? "payment.refund.again" : "payment.refund.byhand", key);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    internal async Task<bool> ReceiveAsync(string key, IReadOnlyDictionary<string, string> told, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        if (await db.PaymentRefunds.AsNoTracking().SingleOrDefaultAsync(row => row.Key == key, cancellation) is not { } row
            || told.GetValueOrDefault("checkout-amount") != row.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture)
            || !await db.Payments.AnyAsync(payment => payment.Id == row.PaymentId && payment.Account == told["checkout-account"], cancellation))
        {
            return false;
        }

        if (row.State is PaymentRefundState.Waiting or PaymentRefundState.Asked && told.GetValueOrDefault("checkout-status") is "ok" or "fail")
        {
            var done = told["checkout-status"] == "ok";
            await RecordAsync(db, row.Key, done ? PaymentRefundState.Done : PaymentRefundState.Refused, done ? "" : "The payment provider could not pay it back.");
        }

        return true;
    }

    /// <summary>An amount as notices write it.</summary>
    internal IEnumerable<KeyValuePair<string, string>> Amount(int cents) =>
        NewNotice.InAll("amount", Texts.InAll((_, language) => new Formats(language, zone).Amount(new Quantity(cents * (Quantity.One / CentsInEuro)), "EUR", 2)));

    private async Task<bool> SendAsync(KeraDb db, string key, CancellationToken cancellation)
    {
        var (now, claimed) = (Micros(), DistrictCalendar.ToMicroseconds(clock.GetCurrentInstant() + s_claim));
        // Claimed, so that nobody else asks meanwhile; the claim ends by itself.
        if (await db.PaymentRefunds.Where(each => each.Key == key && each.State == PaymentRefundState.Waiting && each.NextAttempt <= now)
            .ExecuteUpdateAsync(set => set.SetProperty(each => each.NextAttempt, claimed).SetProperty(each => each.Attempts, each => each.Attempts + 1), cancellation) == 0)
        {
            return false;
        }

        var row = await db.PaymentRefunds.AsNoTracking().SingleAsync(each => each.Key == key, cancellation);
        var payment = await db.Payments.AsNoTracking().SingleAsync(each => each.Id == row.PaymentId, cancellation);
        if (settings.OfAccount(payment.Account) is not { } merchant)
        {
            await RecordAsync(db, key, PaymentRefundState.Waiting, "The settings have no such account with the payment provider any more.", PauseAfter(row.Attempts));
            return false;
        }

        var outcome = await provider.RefundAsync(merchant, payment.Transaction, await DocumentAsync(db, row, payment, cancellation), cancellation);
        switch (outcome.Kind, outcome.Text("status"))
        {
            case (ProviderOutcomeKind.Done, "fail"):
            case (ProviderOutcomeKind.Refused, _):
                await RecordAsync(db, key, PaymentRefundState.Refused, outcome.Sentence.Length > 0 ? outcome.Sentence : "The payment provider could not pay it back.");
                return false;
            case (ProviderOutcomeKind.Done, var status):
                await RecordAsync(db, key, status == "ok" ? PaymentRefundState.Done : PaymentRefundState.Asked, "");
                return true;
            default:
                await RecordAsync(db, key, PaymentRefundState.Waiting, outcome.Sentence, PauseAfter(row.Attempts));
                return false;
        }
    }

    private async Task<JsonObject> DocumentAsync(KeraDb db, PaymentRefundRow row, PaymentRow payment, CancellationToken cancellation)
    {
        var document = new JsonObject
        {
            ["amount"] = row.Amount,
            ["refundStamp"] = row.Key,
            ["refundReference"] = payment.Key,
            ["callbackUrls"] = PaymentBook.Both(site.Url(Language.Finnish, CallbackPath(row.Key))),
        };
        // Some ways of paying cannot be paid back by; then the provider asks the payer for an account.
        if (payment.AgentId is { } payer && await db.Persons.AsNoTracking().Where(person => person.AgentId == payer).Select(person => person.Email).SingleOrDefaultAsync(cancellation) is { Length: > 0 } email)
        {
            document["email"] = email;
        }

        return document;
    }

    // What the other side has done is recorded, also while the program stops.
    private async Task RecordAsync(KeraDb db, string key, PaymentRefundState state, string error, Duration? pause = null)
    {
        var now = clock.GetCurrentInstant();
        await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
        var row = await db.PaymentRefunds.SingleAsync(each => each.Key == key, CancellationToken.None);
        await db.Entry(row).ReloadAsync(CancellationToken.None);
        if (row.State is PaymentRefundState.Done or PaymentRefundState.Refused)
        {
            return;
        }

        (row.State, row.Error) = (state, error);
        if (pause is { } wait)
        {
            row.NextAttempt = DistrictCalendar.ToMicroseconds(now + wait);
        }

        if (state is PaymentRefundState.Done or PaymentRefundState.Refused)
        {
            row.Ended = DistrictCalendar.ToMicroseconds(now);
            Audit.Add(db, Actor.Job(), now, state == PaymentRefundState.Done ? "payment.refunded" : "payment.refund.refused", key);
            var payment = await db.Payments.AsNoTracking().SingleAsync(each => each.Id == row.PaymentId, CancellationToken.None);
            if (state == PaymentRefundState.Done && payment.AgentId is { } payer)
            {
                await notices.AddAsync(db, payer, new NewNotice("payment.refunded", new Dictionary<string, string>(Amount(row.Amount)), payment.Page, $"refund {key}"), CancellationToken.None);
            }
        }

        await db.SaveChangesAsync(CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
    }

    // One minute, two, four, … up to six hours.
    private static Duration PauseAfter(int attempts) => Duration.Min(Duration.FromMinutes(1L << Math.Clamp(attempts - 1, 0, 10)), s_longestPause);

    private long Micros() => DistrictCalendar.ToMicroseconds(clock.GetCurrentInstant());
}
