namespace DataCentric.Pipeline.Storage;

/// <summary>
/// Keeps a second process off a run: a lease in the work store, renewed until it is given back. It saves work and is not needed for the
/// result, whose every write is whole and the same whoever makes it; so a storage that does not answer for a while ends nothing.
/// </summary>
public sealed class RunLock : IAsyncDisposable
{
    private const int RenewalsPerLease = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly IStoreLease _lease;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Task _renewals;

    private RunLock(IStoreLease lease, TimeSpan? leaseTime, TimeProvider time)
    {
        _lease = lease;
        _renewals = leaseTime is { } length ? RenewAsync(length / RenewalsPerLease, time) : Task.CompletedTask;
    }

    /// <summary>Cancelled when another process has taken the run over, because the storage could not be reached for longer than the lease.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Takes a run. Where leases outlive their process, waits as long as that of a dead one lasts.</summary>
    /// <param name="work">The work store.</param>
    /// <param name="runId">The run.</param>
    /// <param name="time">Measures the wait and the renewals.</param>
    /// <param name="waiting">Told when there is somebody to wait for, with the longest wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InputException">Another process works on the run.</exception>
    public static async Task<RunLock> TakeAsync(
        IDataStore work, string runId, TimeProvider time, Action<TimeSpan>? waiting = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(time);
        var patience = work.LeaseTime is { } length ? length + Pause : TimeSpan.Zero;
        var start = time.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            if (await work.TryLeaseAsync($"locks/{runId}", cancellationToken) is { } lease)
                return new RunLock(lease, work.LeaseTime, time);
            if (time.GetElapsedTime(start) >= patience)
                throw new InputException($"{work.Location}: another process works on run {runId}. Wait for it, or stop it; what it has finished is kept.");
            if (attempt == 0)
                waiting?.Invoke(patience);
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <summary>Gives the run back.</summary>
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
