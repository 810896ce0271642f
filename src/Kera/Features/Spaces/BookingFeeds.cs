using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Groups;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Sharing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Features.Spaces;

/// <summary>A calendar as it is kept to be given out.</summary>
/// <param name="Content">The calendar.</param>
/// <param name="Tag">The content's entity tag.</param>
/// <param name="Modified">When something of it last changed.</param>
internal sealed record KeptCalendar(byte[] Content, string Tag, Instant Modified);

/// <summary>
/// Calendars that programs poll: of a space, what is taken and not by whom; of a person, what they booked, and of each of their groups what it
/// booked, behind the person's secret, of which only the hash is stored. A copy is kept for a minute, so that many who ask cost no more than one.
/// </summary>
public sealed class BookingFeeds(KeraStore store, SpaceCalendar calendar, SiteAddress site)
{
    private const int SecretBytes = 24;
    private const int MostKept = 1_000;
    private const int MostEntries = 5_000;
    private static readonly Duration s_kept = Duration.FromMinutes(1);
    private static readonly Duration s_past = Duration.FromDays(31);
    private static readonly Duration s_ahead = Duration.FromDays(400);

    private readonly ConcurrentDictionary<string, (Instant Until, Lazy<Task<KeptCalendar>> Copy)> _copies = new(StringComparer.Ordinal);

    /// <summary>What of a space is taken; null where there is no such space.</summary>
    internal Task<KeptCalendar>? OfSpace(string space, Language language) =>
        calendar.Spaces?.Spaces.GetValueOrDefault(space) is { } found ? KeptAsync($"space {language.Code} {space}", () => SpaceAsync(found, language)) : null;

    /// <summary>What a person booked; null where there is no such secret.</summary>
    internal async Task<KeptCalendar?> OfPersonAsync(string secret, Language language, CancellationToken cancellation)
    {
        var hash = HashOf(secret);
        await using var db = store.OpenContext();
        // Asked each time, for a link that was taken back is void at once.
        return await db.CalendarLinks.AsNoTracking().SingleOrDefaultAsync(row => row.Hash == hash, cancellation) is { } link
            ? await KeptAsync($"person {language.Code} {Convert.ToHexString(hash)}", () => PersonAsync(link.AgentId, language))
            : null;
    }

    /// <summary>What a group booked, for one of its people; null where there is no such secret, or its person is not in such a group.</summary>
    internal async Task<KeptCalendar?> OfGroupAsync(string secret, string groupKey, Language language, CancellationToken cancellation)
    {
        var hash = HashOf(secret);
        await using var db = store.OpenContext();
        // Who left the group has its calendar no more.
        return await db.CalendarLinks.AsNoTracking().SingleOrDefaultAsync(row => row.Hash == hash, cancellation) is { } link
            && await GroupBook.FindAsync(db, groupKey, link.AgentId, cancellation) is { } group
            ? await KeptAsync($"group {language.Code} {group.Key}", () => GroupAsync(group, language))
            : null;
    }

    /// <summary>When a person's link was made; null where they have none.</summary>
    public async Task<Instant?> LinkOfAsync(int agentId, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        return await db.CalendarLinks.AsNoTracking().SingleOrDefaultAsync(row => row.AgentId == agentId, cancellation) is { } link ? DistrictCalendar.ToInstant(link.Made) : null;
    }

    /// <summary>Makes a person's link, instead of the one they had.</summary>
    /// <returns>The secret, which is told this once.</returns>
    public async Task<string> MakeLinkAsync(Booker me, CancellationToken cancellation)
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        await ChangeAsync(me, "calendar.link", HashOf(secret), cancellation);
        return secret;
    }

    /// <summary>Takes a person's link back.</summary>
    public Task RevokeLinkAsync(Booker me, CancellationToken cancellation) => ChangeAsync(me, "calendar.revoke", null, cancellation);

    private async Task ChangeAsync(Booker me, string operation, byte[]? hash, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.CalendarLinks.Where(row => row.AgentId == me.AgentId).ExecuteDeleteAsync(cancellation);
        if (hash is not null)
        {
            db.CalendarLinks.Add(new CalendarLinkRow { AgentId = me.AgentId, Hash = hash, Made = DistrictCalendar.ToMicroseconds(calendar.Now) });
        }

        Audit.Add(db, me.Actor, calendar.Now, operation, "");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private async Task<KeptCalendar> KeptAsync(string key, Func<Task<KeptCalendar>> make)
    {
        var now = calendar.Now;
        if (_copies.Count >= MostKept)
        {
            _copies.Clear();
        }

        var (_, copy) = _copies.AddOrUpdate(
            key,
            _ => (now + s_kept, new Lazy<Task<KeptCalendar>>(make)),
            // What could not be made is tried again, not kept.
            (_, kept) => kept.Until > now && !(kept.Copy.IsValueCreated && kept.Copy.Value.IsFaulted) ? kept : (now + s_kept, new Lazy<Task<KeptCalendar>>(make)));
        return await copy.Value;
    }

    private async Task<KeptCalendar> SpaceAsync(DistrictSpace space, Language language)
    {
        var around = calendar.Around(space.Key);
        var texts = Texts.For(language);
        var bookings = await ReadAsync(rows => rows.Where(row => around.Contains(row.Space)));
        return Kept(
            bookings.Select(booking => new CalendarEntry(
                // Not the booking's own key: whoever reads this is told nothing of others.
                $"taken-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(booking.Key)).AsSpan(0, 12))}@kera",
                booking.Changed,
                booking.Booking.Time,
                booking.Booking.Kind == BookingKind.Block ? texts.Of("spaces.closure", booking.Reason.ToString()) : texts["spaces.taken"],
                booking.Booking.State == BookingState.Confirmed ? "CONFIRMED" : "TENTATIVE",
                booking.Sequence,
                "")),
            bookings,
            space.Name.In(language.Code));
    }

    private async Task<KeptCalendar> PersonAsync(int agentId, Language language) =>
        Own(await ReadAsync(rows => rows.Where(row => row.AgentId == agentId)), language, Texts.For(language)["spaces.mine"]);

    private async Task<KeptCalendar> GroupAsync(GroupView group, Language language) =>
        Own(await ReadAsync(rows => rows.Where(row => row.GroupId == group.Id)), language, group.Name);

    private KeptCalendar Own(IReadOnlyList<BookingView> bookings, Language language, string name) =>
        Kept(
            bookings.Where(booking => calendar.Spaces?.Spaces.ContainsKey(booking.Booking.Space) == true).Select(booking =>
                BookingCalendar.Entry(booking, calendar.Spaces!.Spaces[booking.Booking.Space].Name.In(language.Code), site.Url(language, BookingEndpoints.PathOf(booking.Key)))),
            bookings,
            name);

    private async Task<IReadOnlyList<BookingView>> ReadAsync(Func<IQueryable<BookingRow>, IQueryable<BookingRow>> which)
    {
        var (from, until) = (DistrictCalendar.ToMicroseconds(calendar.Now - s_past), DistrictCalendar.ToMicroseconds(calendar.Now + s_ahead));
        await using var db = store.OpenContext();
        var rows = await which(db.Bookings.AsNoTracking())
            .Where(row => row.End > from && row.Begin < until && (row.State == BookingState.Confirmed || row.State == BookingState.AwaitingHandling || row.State == BookingState.AwaitingPayment))
            .OrderBy(row => row.Begin).ThenBy(row => row.Id).Take(MostEntries).ToListAsync();
        return [.. rows.Select(BookingView.Of)];
    }

    private static KeptCalendar Kept(IEnumerable<CalendarEntry> entries, IReadOnlyList<BookingView> bookings, string name)
    {
        var content = Encoding.UTF8.GetBytes(BookingCalendar.Write(entries, null, Texts.WithoutSoftHyphens(name)));
        return new KeptCalendar(content, Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16)), bookings.Count == 0 ? Instant.FromUnixTimeSeconds(0) : bookings.Max(booking => booking.Changed));
    }

    private static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
