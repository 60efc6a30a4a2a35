namespace DataCentric.Pipeline.Storage;

/// <summary>
/// Keeps a second process off a run or off a place that is written to: a lease in a store, renewed until it is given back. Every write is
/// whole without it; so a storage that does not answer for a while ends nothing.
/// </summary>
public sealed class StoreLock : IAsyncDisposable
{
    private const int RenewalsPerLease = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly IStoreLease _lease;
    private readonly string _owned;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Task _renewals;

    private StoreLock(IStoreLease lease, string owned, TimeSpan? leaseTime, TimeProvider time)
    {
        (_lease, _owned) = (lease, owned);
        _renewals = leaseTime is { } length ? RenewAsync(length / RenewalsPerLease, time) : Task.CompletedTask;
    }

    /// <summary>Cancelled when another process has taken it over, because the storage could not be reached for longer than the lease.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Takes a run. Where leases outlive their process, waits as long as that of a dead one lasts.</summary>
    /// <param name="work">The work store.</param>
    /// <param name="runId">The run.</param>
    /// <param name="time">Measures the wait and the renewals.</param>
    /// <param name="waiting">Told when there is somebody to wait for, with the longest wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InputException">Another process works on the run.</exception>
    public static Task<StoreLock> OfRunAsync(
        IDataStore work, string runId, TimeProvider time, Action<TimeSpan>? waiting = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return TakeAsync(
            work, $"locks/{runId}", $"{work.Location}: another process works on run {runId}. Wait for it, or stop it; what it has finished is kept.", time, waiting, cancellationToken);
    }

    /// <summary>Takes a place, as <see cref="OfRunAsync"/> takes a run.</summary>
    /// <param name="store">Holds the place.</param>
    /// <param name="name">Name of the lease; no item of any other use.</param>
    /// <param name="refusal">What is said where another process has it.</param>
    /// <param name="time">Measures the wait and the renewals.</param>
    /// <param name="waiting">Told when there is somebody to wait for, with the longest wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InputException">Another process has it.</exception>
    public static async Task<StoreLock> TakeAsync(
        IDataStore store, string name, string refusal, TimeProvider time, Action<TimeSpan>? waiting = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(time);
        var patience = store.LeaseTime is { } length ? length + Pause : TimeSpan.Zero;
        var start = time.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            if (await store.TryLeaseAsync(name, cancellationToken) is { } lease)
                return new StoreLock(lease, $"{store.Location}/{name}", store.LeaseTime, time);
            if (time.GetElapsedTime(start) >= patience)
                throw new InputException(refusal);
            if (attempt == 0)
                waiting?.Invoke(patience);
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <summary>Works while the lease is held; what is lost to another process is stopped.</summary>
    /// <typeparam name="T">What the work gives.</typeparam>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="StoreException">Another process took the place over while the storage did not answer this one.</exception>
    public async Task<T> HoldAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Lost);
        try
        {
            return await work(either.Token);
        }
        catch (OperationCanceledException) when (Lost.IsCancellationRequested)
        {
            throw new StoreException($"{_owned}: another process took this over while the storage could not be reached.");
        }
    }

    /// <summary>Gives it back.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _renewals;
        await _lease.DisposeAsync();
        _end.Dispose();
        _lost.Dispose();
    }

    private async Task RenewAsync(TimeSpan period, TimeProvider time)
    {
        try
        {
            while (true)
            {
                await Task.Delay(period, time, _end.Token);
                if (!await TryRenewAsync())
                {
                    await _lost.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Given back.
        }
    }

    private async Task<bool> TryRenewAsync()
    {
        try
        {
            return await _lease.RenewAsync(_end.Token);
        }
        catch (StoreException)
        {
            return true; // No answer: nobody has it, as far as we know.
        }
    }
}
