using Kera.Base.Store;

namespace Kera.Tests.Store;

/// <summary>Writers who come at once are written together, and each gets its own answer.</summary>
public sealed class GroupCommitTests
{
    private readonly List<int[]> _written = [];
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Who_waits_while_another_is_written_is_written_with_all_who_wait()
    {
        var writers = new GroupCommit<int, int>(3, WriteAsync);
        var one = writers.WriteAsync(1, TestContext.Current.CancellationToken);
        await _begun.Task;
        Task<int>[] others = [.. Enumerable.Range(2, 4).Select(ask => writers.WriteAsync(ask, TestContext.Current.CancellationToken))];

        _first.SetResult();

        Assert.Equal(10, await one);
        var answers = await Task.WhenAll(others);
        Assert.Equal([20, 30, 40, 50], answers);
        Assert.Equal([[1], [2, 3, 4], [5]], _written);
    }

    [Fact]
    public async Task One_that_fails_fails_alone_and_the_others_are_written_once_more()
    {
        var writers = new GroupCommit<int, int>(9, WriteAsync);
        var one = writers.WriteAsync(1, TestContext.Current.CancellationToken);
        await _begun.Task;
        Task<int>[] others = [.. new[] { 2, -3, 4 }.Select(ask => writers.WriteAsync(ask, TestContext.Current.CancellationToken))];

        _first.SetResult();

        await one;
        Assert.Equal("-3", (await Assert.ThrowsAsync<InvalidOperationException>(() => others[1])).Message);
        Assert.Equal((20, 40), (await others[0], await others[2]));
        Assert.Equal([[1], [2, -3, 4], [2], [-3], [4]], _written);
    }

    [Fact]
    public async Task Who_stops_waiting_before_it_is_their_turn_is_not_written()
    {
        var writers = new GroupCommit<int, int>(9, WriteAsync);
        using var stop = new CancellationTokenSource();
        var one = writers.WriteAsync(1, TestContext.Current.CancellationToken);
        await _begun.Task;
        var stopped = writers.WriteAsync(2, stop.Token);
        await stop.CancelAsync();
        _first.SetResult();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);
        await one;
        Assert.Equal(30, await writers.WriteAsync(3, TestContext.Current.CancellationToken));
        Assert.Equal([[1], [3]], _written);
    }

    private async Task<IReadOnlyList<int>> WriteAsync(IReadOnlyList<int> asks)
    {
        _written.Add([.. asks]);
        _begun.TrySetResult();
        await _first.Task;
        return asks.FirstOrDefault(ask => ask < 0) is < 0 and var wrong ? throw new InvalidOperationException($"{wrong}") : [.. asks.Select(ask => ask * 10)];
    }
}
