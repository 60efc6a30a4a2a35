using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Tests.Runs;

/// <summary>Stops the run at its n-th write, as a kill would: before, in the middle of, or after the write.</summary>
/// <param name="inner">The real store.</param>
/// <param name="stopAt">Which write, from 1.</param>
/// <param name="stop">Stops the run.</param>
internal sealed class StoppingStore(IDataStore inner, int stopAt, CancellationTokenSource stop) : IDataStore
{
    private int _writes;

    public int Writes => _writes;

    public string Location => inner.Location;

    public Task<StoredItem?> FindAsync(string name, CancellationToken cancellationToken) => inner.FindAsync(name, cancellationToken);

    public Task<Stream> OpenReadAsync(string name, long offset, CancellationToken cancellationToken) => inner.OpenReadAsync(name, offset, cancellationToken);

    public Task ReadAsync(string name, long offset, Memory<byte> buffer, CancellationToken cancellationToken) =>
        inner.ReadAsync(name, offset, buffer, cancellationToken);

    public Task DeleteAsync(string name, CancellationToken cancellationToken) => inner.DeleteAsync(name, cancellationToken);

    public IAsyncEnumerable<StoredItem> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(prefix, cancellationToken);

    public TimeSpan? LeaseTime => inner.LeaseTime;

    public Task<IStoreLease?> TryLeaseAsync(string name, CancellationToken cancellationToken) => inner.TryLeaseAsync(name, cancellationToken);

    public async Task WriteAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _writes);
        var how = number % 3;
        if (number == stopAt && how == 0)
            await stop.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        await inner.WriteAsync(name, Write, cancellationToken);
        if (number == stopAt && how == 2)
            await stop.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();

        async Task Write(Stream stream, CancellationToken token)
        {
            await write(stream, token);
            if (number == stopAt && how == 1)
                await stop.CancelAsync();
            token.ThrowIfCancellationRequested();
        }
    }
}
