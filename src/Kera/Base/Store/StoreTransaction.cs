using Microsoft.EntityFrameworkCore.Storage;

namespace Kera.Base.Store;

/// <summary>
/// A transaction that took its turn: see <see cref="KeraStore.BeginInTurnAsync"/>. The next one's turn comes when it is committed, rolled
/// back or disposed.
/// </summary>
public sealed class StoreTransaction : IAsyncDisposable
{
    private readonly IDbContextTransaction _transaction;
    private SemaphoreSlim? _turn;

    internal StoreTransaction(IDbContextTransaction transaction, SemaphoreSlim? turn) => (_transaction, _turn) = (transaction, turn);

    /// <summary>Keeps what was written.</summary>
    public async Task CommitAsync(CancellationToken cancellation)
    {
        await _transaction.CommitAsync(cancellation);
        End();
    }

    /// <summary>Forgets what was written.</summary>
    public async Task RollbackAsync(CancellationToken cancellation)
    {
        await _transaction.RollbackAsync(cancellation);
        End();
    }

    /// <summary>Forgets what was written and not kept.</summary>
    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        End();
    }

    private void End()
    {
        _turn?.Release();
        _turn = null;
    }
}
