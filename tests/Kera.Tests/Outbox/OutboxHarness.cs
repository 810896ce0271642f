using Kera.Base.Outbox;
using Kera.Base.Store;
using Kera.Tests.Ledger;
using Kera.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace Kera.Tests.Outbox;

/// <summary>An outbox in a store of its own, with time that goes when told.</summary>
internal sealed class OutboxHarness : IAsyncDisposable
{
    private readonly LedgerHarness _ledger;

    private OutboxHarness(LedgerHarness ledger) => _ledger = ledger;

    public TestClock Clock { get; } = new();

    public LedgerHarness Ledger => _ledger;

    public KeraStore Store => _ledger.Store;

    public OutboxQueue Queue => new(Store, Clock);

    public static async Task<OutboxHarness> OnAsync(string provider, PostgresServer server) => new(await LedgerHarness.OnAsync(provider, server));

    /// <summary>A sender as a process that was just started has it.</summary>
    public OutboxSender Sender(params Transport[] transports) => new(Store, transports, Clock, Clock.Time, NullLogger<OutboxSender>.Instance);

    /// <summary>A mail transport whose other side is a function.</summary>
    public static Transport Mail(Func<OutgoingMessage, SendOutcome> send) => new(OutboxChannel.Mail, "example.org", (message, _) => Task.FromResult(send(message)));

    public async Task<string> AddAsync(Message message)
    {
        await using var db = Store.OpenContext();
        var key = Queue.Add(db, message);
        await db.SaveChangesAsync();
        return key;
    }

    public async Task<IReadOnlyList<OutboxMessageRow>> RowsAsync()
    {
        await using var db = Store.OpenContext();
        return await db.OutboxMessages.AsNoTracking().OrderBy(row => row.Id).ToListAsync();
    }

    public static Message ToAino(Duration? lifetime = null) => Message.Mail("aino@example.org", "Sauna on Friday", "Yours from six to eight.") with { Lifetime = lifetime ?? Duration.FromDays(3) };

    public ValueTask DisposeAsync() => _ledger.DisposeAsync();
}
