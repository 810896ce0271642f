using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kera.Base.Access;
using Kera.Base.Hosting;
using Kera.Base.Invoices;
using Kera.Base.Ledger;
using Kera.Base.Notices;
using Kera.Base.Store;
using Kera.Base.Ui;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Base.Payments;

/// <summary>Something that is paid online. A feature registers its own in the service collection.</summary>
/// <param name="Word">The word with which its sources begin.</param>
/// <param name="PaidAsync">
/// What a payment does, in its transaction and once for each payment: gives what the receipt is for, or null where it can no longer be had, is paid already or was
/// given up; then all of it is paid back.
/// </param>
public sealed record PaymentSource(string Word, Func<KeraDb, PaymentRow, CancellationToken, Task<Charge?>> PaidAsync);

/// <summary>Something to be paid now.</summary>
/// <param name="Seller">The key of the agent that sells.</param>
/// <param name="Source">What it is for, as a word and a key that stay the same: <c>booking:abc</c>.</param>
/// <param name="AgentId">Who pays.</param>
/// <param name="Until">Until when it is waited for.</param>
/// <param name="Page">The page of what it is for, after the language: there the payer comes back.</param>
/// <param name="Lines">What is paid, one line for each rate of tax.</param>
public sealed record NewPayment(string Seller, string Source, int AgentId, Instant Until, string Page, IReadOnlyList<ChargeLine> Lines);

/// <summary>What became of a payment of which the provider told.</summary>
/// <param name="Kind">What.</param>
/// <param name="Page">The page of what it is for, after the language; empty where nothing is known.</param>
public sealed record PaymentNews(PaymentNewsKind Kind, string Page);

/// <summary>What became of a payment.</summary>
public enum PaymentNewsKind
{
    /// <summary>It was not the provider who told, or it does not agree with what was asked.</summary>
    Forged,

    /// <summary>It is paid, and what it was for holds.</summary>
    Paid,

    /// <summary>It is paid, and goes back: what it was for is gone.</summary>
    Repaid,

    /// <summary>The provider does not know yet.</summary>
    Pending,

    /// <summary>It was broken off.</summary>
    Unpaid,
}

/// <summary>
/// Payments online. The provider tells how one went by the payer's browser and by a call of its own, in any order and as often as it likes:
/// whichever comes first counts, once.
/// </summary>
public sealed class PaymentBook(
    KeraStore store, PaymentSettings settings, Paytrail provider, InvoiceBook invoices, PaymentRefunds refunds, IEnumerable<PaymentSource> sources, NoticeBoard notices, SiteAddress site, DistrictInForce district, IClock clock)
{
    private const int MostAttempts = 20;
    private const int HundredthsInTenth = 10;

    /// <summary>Where the payer comes back, after the language.</summary>
    public const string ReturnPath = "/payments/return";

    /// <summary>Where the provider calls, after the language.</summary>
    public const string CallbackPath = "/payments/callback";

    /// <summary>Begins a payment; again, while it is open, the same one.</summary>
    /// <param name="payment">What is paid.</param>
    /// <param name="email">Where the provider sends its own receipt; not kept here.</param>
    /// <param name="language">The payer's language.</param>
    /// <param name="actor">Who writes.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The provider's page on which it is paid; null where the provider cannot be reached, or will not.</returns>
    public async Task<Uri?> StartAsync(NewPayment payment, string email, Language language, Actor actor, CancellationToken cancellation)
    {
        if (settings.MerchantOf(payment.Seller) is not { } merchant)
        {
            return null;
        }

        var (row, open) = await EnterAsync(payment, merchant, actor, cancellation);
        if (open is not null || row is null)
        {
            return open;
        }

        var outcome = await provider.CreateAsync(merchant, Document(row, payment, email, language), cancellation);
        var href = Uri.TryCreate(outcome.Text("href"), UriKind.Absolute, out var page) && settings.IsPage(page) ? page : null;
        await using var db = store.OpenContext();
        if (href is null || outcome.Text("transactionId") is not { Length: > 0 } transaction)
        {
            await db.Payments.Where(each => each.Id == row.Id && each.State == PaymentState.Created).ExecuteUpdateAsync(set => set.SetProperty(each => each.State, PaymentState.Failed), CancellationToken.None);
            return null;
        }

        await db.Payments.Where(each => each.Id == row.Id).ExecuteUpdateAsync(set => set.SetProperty(each => each.Transaction, transaction).SetProperty(each => each.Href, href.AbsoluteUri), CancellationToken.None);
        return href;
    }

    /// <summary>A person's address, to offer it to the provider; empty where they gave none.</summary>
    public async Task<string> AddressOfAsync(int agentId, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        return (await NoticeBoard.AddressAsync(db, agentId, cancellation))?.Email ?? "";
    }

    /// <summary>Takes down what the provider tells of a payment by the parameters of an address.</summary>
    public async Task<PaymentNews> ReceiveAsync(IQueryCollection query, CancellationToken cancellation)
    {
        if (Signed(query) is not { } told)
        {
            return new PaymentNews(PaymentNewsKind.Forged, "");
        }

        await using var db = store.OpenContext();
        var row = await db.Payments.AsNoTracking().SingleOrDefaultAsync(each => each.Key == told.GetValueOrDefault("checkout-stamp", ""), cancellation);
        var transaction = told.GetValueOrDefault("checkout-transaction-id", "");
        if (row is null || row.Account != told["checkout-account"] || told.GetValueOrDefault("checkout-reference") != row.Key || transaction.Length is 0 or > 100
            || told.GetValueOrDefault("checkout-amount") != row.Amount.ToString(CultureInfo.InvariantCulture) || (row.Transaction.Length > 0 && row.Transaction != transaction))
        {
            return new PaymentNews(PaymentNewsKind.Forged, "");
        }

        switch (told.GetValueOrDefault("checkout-status"))
        {
            case "ok":
                await PaidAsync(db, row.Key, transaction, told.GetValueOrDefault("checkout-provider", ""), cancellation);
                break;
            case "fail":
                await FailedAsync(db, row, cancellation);
                break;
            default:
                // Nothing is known yet: the provider calls again.
                break;
        }

        var now = await db.Payments.AsNoTracking().SingleAsync(each => each.Id == row.Id, cancellation);
        return new PaymentNews(
            now.State == PaymentState.Failed ? PaymentNewsKind.Unpaid
            : now.State == PaymentState.Created ? PaymentNewsKind.Pending
            : now.Kept ? PaymentNewsKind.Paid : PaymentNewsKind.Repaid,
            now.Page);
    }

    /// <summary>Takes down what the provider tells of a refund by the parameters of an address.</summary>
    /// <returns>Whether it was the provider who told.</returns>
    public Task<bool> ReceiveRefundAsync(string key, IQueryCollection query, CancellationToken cancellation) =>
        Signed(query) is { } told ? refunds.ReceiveAsync(key, told, cancellation) : Task.FromResult(false);

    // The signed parameters; null where the signature is not the account's.
    private Dictionary<string, string>? Signed(IQueryCollection query)
    {
        if (query.Any(each => each.Value.Count != 1) || !query.TryGetValue(PaytrailSignature.Name, out var signature))
        {
            return null;
        }

        var told = query.Where(each => each.Key.StartsWith(PaytrailSignature.Prefix, StringComparison.Ordinal)).ToDictionary(each => each.Key, each => each.Value.ToString(), StringComparer.Ordinal);
        return told.GetValueOrDefault("checkout-algorithm") == "sha256" && settings.OfAccount(told.GetValueOrDefault("checkout-account", "")) is { } merchant
            && PaytrailSignature.IsRight(signature.ToString(), merchant.Secret, told, "") ? told : null;
    }

    private async Task<(PaymentRow? Row, Uri? Open)> EnterAsync(NewPayment payment, PaymentMerchant merchant, Actor actor, CancellationToken cancellation)
    {
        var (now, amount) = (DistrictCalendar.ToMicroseconds(clock.GetCurrentInstant()), payment.Lines.Sum(line => line.Gross));
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await StoreTurns.TakeAsync(db, ["payment:" + payment.Source], cancellation);
        var attempts = await db.Payments.AsNoTracking().Where(each => each.Source == payment.Source).OrderByDescending(each => each.Id).ToListAsync(cancellation);
        if (attempts is [{ State: PaymentState.Created, Href.Length: > 0 } open, ..] && open.Until > now && open.Amount == amount && open.Account == merchant.Account)
        {
            return (null, new Uri(open.Href));
        }

        if (attempts.Count >= MostAttempts)
        {
            return (null, null);
        }

        var row = new PaymentRow
        {
            Key = RandomKey.New(),
            Seller = payment.Seller,
            Source = payment.Source,
            AgentId = payment.AgentId,
            Amount = amount,
            Lines = JsonSerializer.Serialize(payment.Lines),
            Until = DistrictCalendar.ToMicroseconds(payment.Until),
            Page = payment.Page,
            Account = merchant.Account,
            Made = now,
        };
        db.Payments.Add(row);
        Audit.Add(db, actor, clock.GetCurrentInstant(), "payment.begin", $"{row.Key}: {row.Source}");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return (row, null);
    }

    private JsonObject Document(PaymentRow row, NewPayment payment, string email, Language language)
    {
        var document = new JsonObject
        {
            ["stamp"] = row.Key,
            ["reference"] = row.Key,
            ["amount"] = row.Amount,
            ["currency"] = "EUR",
            ["language"] = language.Code.ToUpperInvariant(),
            ["customer"] = new JsonObject { ["email"] = email },
            ["redirectUrls"] = Both(site.Url(language, ReturnPath)),
            ["callbackUrls"] = Both(site.Url(language, CallbackPath)),
        };
        // Its reports tell taxes with one decimal; without items they tell none.
        if (payment.Lines.All(line => line.Rate % HundredthsInTenth == 0))
        {
            document["items"] = new JsonArray([.. payment.Lines.Select((line, number) => new JsonObject
            {
                ["unitPrice"] = line.Gross,
                ["units"] = 1,
                ["vatPercentage"] = line.Rate / 100m,
                ["productCode"] = string.Create(CultureInfo.InvariantCulture, $"{number + 1}"),
                ["description"] = Texts.WithoutSoftHyphens(line.Text.In(language.Code)),
            })]);
        }

        return document;
    }

    /// <summary>One address for what went well and what did not: which it is, the parameters say.</summary>
    internal static JsonObject Both(string url) => new() { ["success"] = url, ["cancel"] = url };

    private async Task PaidAsync(KeraDb db, string key, string transaction, string method, CancellationToken cancellation)
    {
        var now = clock.GetCurrentInstant();
        await using var change = await db.Database.BeginTransactionAsync(cancellation);
        var paid = DistrictCalendar.ToMicroseconds(now);
        // Of all who are told at once one changes it, and the others find it paid.
        if (await db.Payments.Where(each => each.Key == key && each.State != PaymentState.Paid).ExecuteUpdateAsync(
            set => set.SetProperty(each => each.State, PaymentState.Paid).SetProperty(each => each.Paid, paid).SetProperty(each => each.Transaction, transaction).SetProperty(each => each.Method, method.Length > 50 ? method[..50] : method),
            cancellation) == 0)
        {
            return;
        }

        var row = await db.Payments.SingleAsync(each => each.Key == key, cancellation);
        var source = sources.SingleOrDefault(each => row.Source.StartsWith(each.Word + ":", StringComparison.Ordinal));
        if (source is not null && await source.PaidAsync(db, row, cancellation) is { } charge)
        {
            row.Kept = true;
            row.InvoiceId = district.Model?.Sellers.GetValueOrDefault(row.Seller) is { } seller ? await invoices.AddReceiptAsync(db, seller, charge, cancellation) : null;
        }
        else
        {
            // The change of what it was for may have sent some of it back already.
            await db.SaveChangesAsync(cancellation);
            if (row.Amount - await db.PaymentRefunds.Where(each => each.PaymentId == row.Id).SumAsync(each => each.Amount, cancellation) is var left and > 0)
            {
                PaymentRefunds.Add(db, row, left, now);
            }

            if (row.AgentId is { } payer)
            {
                await notices.AddAsync(db, payer, new NewNotice("payment.returned", new Dictionary<string, string>(refunds.Amount(row.Amount)), row.Page, $"payment {row.Key} returned"), cancellation);
            }
        }

        Audit.Add(db, Actor.Job(), now, "payment.paid", $"{row.Key}: {row.Source}");
        await db.SaveChangesAsync(cancellation);
        await change.CommitAsync(cancellation);
    }

    private async Task FailedAsync(KeraDb db, PaymentRow row, CancellationToken cancellation)
    {
        await using var change = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.Payments.Where(each => each.Id == row.Id && each.State == PaymentState.Created).ExecuteUpdateAsync(set => set.SetProperty(each => each.State, PaymentState.Failed), cancellation) > 0)
        {
            Audit.Add(db, Actor.Job(), clock.GetCurrentInstant(), "payment.failed", $"{row.Key}: {row.Source}");
            await db.SaveChangesAsync(cancellation);
            await change.CommitAsync(cancellation);
        }
    }
}
