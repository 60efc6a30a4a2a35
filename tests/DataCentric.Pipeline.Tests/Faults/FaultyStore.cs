using System.Collections.Concurrent;
using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Tests.Faults;

/// <summary>When a write fails: before, during or after it takes effect.</summary>
internal enum WriteFault
{
    None,
    Before,
    During,
    After,
}

/// <summary>Lets writes fail as a test wishes, and notes those that took effect.</summary>
/// <param name="inner">The real store.</param>
/// <param name="fault">What becomes of the n-th write, from 1, given its name.</param>
internal sealed class FaultyStore(IDataStore inner, Func<int, string, WriteFault> fault) : IDataStore
{
    private readonly ConcurrentQueue<string> _written = [];
    private int _writes;

    public int Writes => _writes;

    /// <summary>Names that were written, in order, each as often as it was.</summary>
    public IReadOnlyCollection<string> Written => _written;

    public string Location => inner.Location;

    public TimeSpan? LeaseTime => inner.LeaseTime;

    public Task<IStoreLease?> TryLeaseAsync(string name, CancellationToken cancellationToken) => inner.TryLeaseAsync(name, cancellationToken);

    public Task<StoredItem?> FindAsync(string name, CancellationToken cancellationToken) => inner.FindAsync(name, cancellationToken);

    public Task<Stream> OpenReadAsync(string name, long offset, CancellationToken cancellationToken) => inner.OpenReadAsync(name, offset, cancellationToken);

    public Task ReadAsync(string name, long offset, Memory<byte> buffer, CancellationToken cancellationToken) =>
        inner.ReadAsync(name, offset, buffer, cancellationToken);

    public Task DeleteAsync(string name, CancellationToken cancellationToken) => inner.DeleteAsync(name, cancellationToken);

    public IAsyncEnumerable<StoredItem> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(prefix, cancellationToken);

    public async Task WriteAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var when = fault(Interlocked.Increment(ref _writes), name);
        if (when == WriteFault.Before)
            throw Failure("before");
        await inner.WriteAsync(name, when == WriteFault.During ? WriteInPart : write, cancellationToken);
        _written.Enqueue(name);
        if (when == WriteFault.After)
            throw Failure("after");

        async Task WriteInPart(Stream stream, CancellationToken token)
        {
            await write(stream, token);
            throw Failure("during");
        }

        StoreException Failure(string moment) => new($"{Location}: cannot write '{name}': failed {moment} it took effect.");
    }
}
