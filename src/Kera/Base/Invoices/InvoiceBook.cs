using System.Globalization;
using System.Text.Json;
using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Notices;
using Kera.Base.Store;
using Kera.Base.Ui;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Base.Invoices;

/// <summary>
/// Invoices and credit notes. What is owed is compared with what was invoiced: more becomes an invoice, less a credit note of the
/// invoice that had it, and the same nothing. So it may run as often as it likes, and a program that ends in the middle leaves nothing half done.
/// </summary>
public sealed class InvoiceBook(KeraStore store, DistrictInForce district, Catalog catalog, IEnumerable<ChargeSource> sources, NoticeBoard notices, IClock clock)
{
    // Three digits at least stand before the check digit, and the first is no zero.
    private const int FirstReference = 1_000_000;

    /// <summary>The page of an invoice for who pays it, after the language.</summary>
    public static string PathOf(int id) => string.Create(CultureInfo.InvariantCulture, $"/my/invoices/{id}");

    /// <summary>The day that it is.</summary>
    public LocalDate Today => clock.GetCurrentInstant().InZone(district.Zone).Date;

    /// <summary>A seller of the files; null where the agent is none.</summary>
    public DistrictSeller? SellerOf(string agent) => district.Model?.Sellers.GetValueOrDefault(agent);

    /// <summary>Makes the invoices and credit notes that are due, of all sellers.</summary>
    public async Task IssueAsync(CancellationToken cancellation)
    {
        foreach (var seller in district.Model?.Sellers.Values ?? [])
        {
            await IssueAsync(seller, Actor.Job(), cancellation);
        }
    }

    /// <summary>Makes the invoices and credit notes of a seller that are due.</summary>
    /// <returns>How many.</returns>
    public async Task<int> IssueAsync(DistrictSeller seller, Actor actor, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // One at a time for each seller, so that numbers have no gaps and nothing is invoiced twice.
        await StoreTurns.TakeAsync(db, [TurnOf(seller)], cancellation);

        List<Charge> charges = [];
        foreach (var source in sources)
        {
            charges.AddRange(await source.OwedAsync(db, seller, cancellation));
        }

        var invoiced = (await db.InvoiceLines.AsNoTracking().Join(db.Invoices.Where(row => row.Seller == seller.Agent), line => line.InvoiceId, row => row.Id, (line, row) => line).ToListAsync(cancellation)).ToLookup(line => line.Source);
        var differences = charges.SelectMany(charge => Differences(charge, invoiced[charge.Source])).ToList();
        var made = 0;
        foreach (var payer in differences.Where(each => each.Line.Gross > 0 && each.Charge.Ready <= Today).GroupBy(each => (each.Charge.AgentId, each.Charge.Organisation, Of: seller.Monthly ? "" : each.Charge.Source)))
        {
            await AddAsync(db, seller, payer.Key.AgentId, payer.Key.Organisation, null, [.. payer], cancellation);
            made++;
        }

        foreach (var (id, lines) in Credits(differences, invoiced))
        {
            var credited = await db.Invoices.SingleAsync(row => row.Id == id, cancellation);
            await AddAsync(db, seller, credited.AgentId, credited.Organisation, credited, lines, cancellation);
            made++;
        }

        if (made > 0)
        {
            Audit.Add(db, actor, clock.GetCurrentInstant(), "invoice.issue", string.Create(CultureInfo.InvariantCulture, $"{seller.Agent}: {made}"));
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }

        return made;
    }

    /// <summary>
    /// Makes the receipt of something that was paid online, in the transaction of its payment: an invoice that is paid, in the same series. What the charge owes
    /// is invoiced with it; what falls away later becomes a credit note as of any other.
    /// </summary>
    /// <returns>Its number in the store.</returns>
    public async Task<int> AddReceiptAsync(KeraDb db, DistrictSeller seller, Charge charge, CancellationToken cancellation)
    {
        await StoreTurns.TakeAsync(db, [TurnOf(seller)], cancellation);
        var row = await AddAsync(db, seller, charge.AgentId, charge.Organisation, null, [.. charge.Lines.Select(line => new Difference(charge, line))], cancellation, paid: true);
        return row.Id;
    }

    /// <summary>Whether a person owes something by today that is not invoiced yet.</summary>
    public async Task<bool> OwesMoreAsync(KeraDb db, int agentId, CancellationToken cancellation)
    {
        foreach (var seller in district.Model?.Sellers.Values ?? [])
        {
            foreach (var source in sources)
            {
                foreach (var charge in (await source.OwedAsync(db, seller, cancellation)).Where(charge => charge.AgentId == agentId && charge.Day <= Today))
                {
                    var invoiced = await db.InvoiceLines.AsNoTracking().Where(line => line.Source == charge.Source).ToListAsync(cancellation);
                    if (Differences(charge, invoiced).Any(each => each.Line.Gross > 0))
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    /// <summary>A seller's invoices and credit notes of a year, the newest first.</summary>
    public Task<IReadOnlyList<Invoice>> OfSellerAsync(string seller, int year, CancellationToken cancellation)
    {
        var (from, until) = (DistrictCalendar.DayNumber(new LocalDate(year, 1, 1)), DistrictCalendar.DayNumber(new LocalDate(year + 1, 1, 1)));
        return ReadAsync(rows => rows.Where(row => row.Seller == seller && row.Dated >= from && row.Dated < until), cancellation);
    }

    /// <summary>One invoice of a seller; null where it has none of such a number in the store.</summary>
    public async Task<Invoice?> FindAsync(int id, string seller, CancellationToken cancellation) => (await ReadAsync(rows => rows.Where(row => row.Id == id && row.Seller == seller), cancellation)).SingleOrDefault();

    /// <summary>What a person pays, and what the organisations pay for which they act, the newest first.</summary>
    public Task<IReadOnlyList<Invoice>> OfPayerAsync(int agentId, IReadOnlyList<string> organisations, CancellationToken cancellation) =>
        ReadAsync(rows => rows.Where(row => row.AgentId == agentId || (row.Organisation != "" && organisations.Contains(row.Organisation))), cancellation);

    /// <summary>Records that an invoice was paid, or that it was not after all.</summary>
    /// <returns>Whether the seller has such an invoice.</returns>
    public async Task<bool> PayAsync(int id, string seller, LocalDate? day, Actor actor, CancellationToken cancellation)
    {
        int? paid = day is { } date ? DistrictCalendar.DayNumber(date) : null;
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.Invoices.Where(row => row.Id == id && row.Seller == seller && row.CreditsId == null).ExecuteUpdateAsync(row => row.SetProperty(invoice => invoice.Paid, paid), cancellation) == 0)
        {
            return false;
        }

        Audit.Add(db, actor, clock.GetCurrentInstant(), paid is null ? "invoice.unpaid" : "invoice.paid", id.ToString(CultureInfo.InvariantCulture));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    // By rate of tax; what is not owed in any line any more is owed with nothing.
    private static IEnumerable<Difference> Differences(Charge charge, IEnumerable<InvoiceLineRow> invoiced)
    {
        var had = invoiced.GroupBy(line => line.Rate).ToDictionary(rate => rate.Key, rate => (Gross: rate.Sum(line => line.Gross), Vat: rate.Sum(line => line.Vat), rate.Last().Text));
        foreach (var line in charge.Lines)
        {
            var before = had.Remove(line.Rate, out var known) ? known : default;
            if (line.Gross != before.Gross)
            {
                yield return new Difference(charge, line with { Gross = line.Gross - before.Gross, Vat = line.Vat - before.Vat });
            }
        }

        foreach (var (rate, before) in had.Where(rate => rate.Value.Gross != 0))
        {
            yield return new Difference(charge, new ChargeLine(new LocalizedText(before.Text, before.Text, before.Text), -before.Gross, -before.Vat, rate));
        }
    }

    // Each on the newest invoice that had it.
    private static IEnumerable<(int Invoice, List<Difference> Lines)> Credits(IEnumerable<Difference> differences, ILookup<string, InvoiceLineRow> invoiced) =>
        from each in differences
        where each.Line.Gross < 0
        group each by invoiced[each.Charge.Source].Where(line => line.Gross > 0 && line.Rate == each.Line.Rate).Max(line => line.InvoiceId) into credited
        select (credited.Key, credited.ToList());

    private async Task<InvoiceRow> AddAsync(
        KeraDb db, DistrictSeller seller, int? agentId, string organisation, InvoiceRow? credited, List<Difference> lines, CancellationToken cancellation, bool paid = false)
    {
        var number = (await db.Invoices.Where(each => each.Seller == seller.Agent).MaxAsync(each => (int?)each.Number, cancellation) ?? 0) + 1;
        var language = agentId is { } person && await NoticeBoard.AddressAsync(db, person, cancellation) is { Language: var spoken } ? spoken : Language.Finnish;
        var row = new InvoiceRow
        {
            Seller = seller.Agent,
            Number = number,
            CreditsId = credited?.Id,
            AgentId = agentId,
            Organisation = organisation,
            Buyer = credited?.Buyer ?? await BuyerAsync(db, agentId, organisation, language, cancellation),
            SellerDetails = JsonSerializer.Serialize(seller),
            Language = credited?.Language ?? language.Code,
            Dated = DistrictCalendar.DayNumber(Today),
            Due = DistrictCalendar.DayNumber(Today.PlusDays(seller.PaymentDays)),
            Reference = FinnishNumbers.Reference((FirstReference + number).ToString(CultureInfo.InvariantCulture)),
            Made = DistrictCalendar.ToMicroseconds(clock.GetCurrentInstant()),
        };
        if (credited is not null || paid)
        {
            (row.Paid, row.Due) = (row.Dated, paid ? row.Dated : row.Due);
        }

        db.Invoices.Add(row);
        await db.SaveChangesAsync(cancellation);
        db.InvoiceLines.AddRange(lines.OrderBy(each => each.Charge.Day).Select(each => new InvoiceLineRow
        {
            InvoiceId = row.Id,
            Source = each.Charge.Source,
            Text = each.Line.Text.In(row.Language),
            Day = DistrictCalendar.DayNumber(each.Charge.Day),
            Gross = each.Line.Gross,
            Vat = each.Line.Vat,
            Rate = each.Line.Rate,
        }));
        await db.SaveChangesAsync(cancellation);
        if (credited is not null)
        {
            await CloseAsync(db, credited, row.Dated, cancellation);
        }

        if (agentId is { } payer)
        {
            await notices.AddAsync(db, payer, new NewNotice(paid ? "invoice.receipt" : credited is null ? "invoice.new" : "invoice.credit", new Dictionary<string, string>(), PathOf(row.Id)), cancellation);
        }

        return row;
    }

    private static string TurnOf(DistrictSeller seller) => "invoice:" + seller.Agent;

    // An invoice of which nothing is left is not waited for.
    private static async Task CloseAsync(KeraDb db, InvoiceRow credited, int day, CancellationToken cancellation)
    {
        var left = await db.InvoiceLines.Join(db.Invoices.Where(row => row.Id == credited.Id || row.CreditsId == credited.Id), line => line.InvoiceId, row => row.Id, (line, row) => line.Gross).SumAsync(cancellation);
        if (left == 0)
        {
            credited.Paid ??= day;
        }
    }

    private async Task<string> BuyerAsync(KeraDb db, int? agentId, string organisation, Language language, CancellationToken cancellation) =>
        organisation.Length > 0 ? catalog.Find(catalog.Agents, organisation)?.Row.Name(language) ?? organisation
        : await db.Persons.AsNoTracking().Where(row => row.AgentId == agentId).Select(row => row.Name).SingleOrDefaultAsync(cancellation) ?? "";

    private async Task<IReadOnlyList<Invoice>> ReadAsync(Func<IQueryable<InvoiceRow>, IQueryable<InvoiceRow>> which, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        var rows = await which(db.Invoices.AsNoTracking()).OrderByDescending(row => row.Id).ToListAsync(cancellation);
        var (ids, credited) = (rows.ConvertAll(row => row.Id), rows.Select(row => row.CreditsId).OfType<int>().ToList());
        var lines = (await db.InvoiceLines.AsNoTracking().Where(line => ids.Contains(line.InvoiceId)).ToListAsync(cancellation)).ToLookup(line => line.InvoiceId);
        var numbers = await db.Invoices.AsNoTracking().Where(row => credited.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.Number, cancellation);
        return [.. rows.Select(row => Invoice.Of(row, row.CreditsId is { } id ? numbers[id] : null, lines[row.Id]))];
    }

    private sealed record Difference(Charge Charge, ChargeLine Line);
}
