using System.Runtime.CompilerServices;
using Azure;
using Azure.Core;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace DataCentric.Pipeline.Storage;

/// <summary>
/// A store in one container of Azure blob storage (or Azurite), which is made when the first write finds it missing. Memory per open stream
/// is bounded: 4 MiB for a writer, 128 KiB for a reader.
/// </summary>
/// <remarks>
/// An item of up to one block (4 MiB) is one request; a larger one is staged block by block and committed by one request at the end, up
/// to 50,000 blocks (195 GiB). Staged blocks of a failed write are invisible and the service removes them after a week. When two writers
/// of one name overlap, the one that finishes first discards the blocks of the other, whose commit then fails with a
/// <see cref="StoreException"/>.
/// </remarks>
internal sealed class BlobStore : IDataStore
{
    /// <summary>Size of a staged block: large enough to be quick, small enough to hold one per writer.</summary>
    internal const int BlockBytes = 4 * 1024 * 1024;

    private const int ReadBufferBytes = 128 * 1024;

    private readonly BlobContainerClient _container;
    private readonly BlobErrors _errors;
    private readonly int _blockBytes;

    /// <summary>Makes the store; sends nothing yet.</summary>
    /// <param name="container">The container; its options decide on retries, see <see cref="ClientOptions"/>.</param>
    public BlobStore(BlobContainerClient container)
        : this(container, BlockBytes)
    {
    }

    /// <summary>Makes a store with blocks of another size.</summary>
    /// <param name="container">The container.</param>
    /// <param name="blockBytes">Size of a staged block in bytes.</param>
    internal BlobStore(BlobContainerClient container, int blockBytes)
    {
        (_container, _blockBytes) = (container, blockBytes);
        Location = container.Uri.GetLeftPart(UriPartial.Path); // Without the query, which may hold a SAS.
        _errors = new BlobErrors(Location);
    }

    public string Location { get; }

    /// <summary>
    /// The retry policy of this product: a request is tried 6 times, with pauses of 0.5, 1, 2, 4 and 8 s (each +- 20 %, or what Retry-After
    /// says), on 408, 429, 500, 502, 503, 504 and on network failures; a try that is silent for 60 s has failed.
    /// </summary>
    public static BlobClientOptions ClientOptions() => new()
    {
        Retry =
        {
            Mode = RetryMode.Exponential,
            MaxRetries = 5,
            Delay = TimeSpan.FromSeconds(0.5),
            MaxDelay = TimeSpan.FromSeconds(10),
            NetworkTimeout = TimeSpan.FromSeconds(60),
        },
    };

    public async Task<StoredItem?> FindAsync(string name, CancellationToken cancellationToken)
    {
        ItemName.Check(name);
        try
        {
            var properties = await _container.GetBlobClient(name).GetPropertiesAsync(cancellationToken: cancellationToken);
            return new StoredItem(name, properties.Value.ContentLength) { Version = VersionOf(properties.Value.ETag) };
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
        catch (Exception e) when (_errors.Explain("look up", name, e, cancellationToken) is { } explained)
        {
            throw explained;
        }
    }

    public async Task<Stream> OpenReadAsync(string name, long offset, CancellationToken cancellationToken)
    {
        ItemName.Check(name);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        var content = await DownloadAsync(name, offset, null, cancellationToken);
        if (content is null)
        {
            // The service has no empty ranges, so one that starts at the very end was refused as well.
            var length = await LengthAsync(name, cancellationToken);
            content = offset == length ? new MemoryStream([], writable: false) : throw StoreErrors.TooShort(this, name, length, offset, 0);
        }
        var buffered = new BufferedStream(content, ReadBufferBytes);
        return new GuardedStream(buffered, e => _errors.Explain("read", name, e, CancellationToken.None), ownsInner: true);
    }

    public async Task ReadAsync(string name, long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        ItemName.Check(name);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        try
        {
            using var content = buffer.IsEmpty ? null : await DownloadAsync(name, offset, buffer.Length, cancellationToken);
            if (content is not null && await content.ReadAtLeastAsync(buffer, buffer.Length, false, cancellationToken) == buffer.Length)
                return;
        }
        catch (Exception e) when (_errors.Explain("read", name, e, cancellationToken) is { } explained)
        {
            throw explained;
        }
        var length = await LengthAsync(name, cancellationToken);
        if (!buffer.IsEmpty || offset > length)
            throw StoreErrors.TooShort(this, name, length, offset, buffer.Length);
    }

    public async Task WriteAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        ItemName.Check(name);
        cancellationToken.ThrowIfCancellationRequested();
        using var blocks = new BlockWriter(_container, name, _blockBytes, cancellationToken);
        using var stream = new GuardedStream(blocks, e => _errors.Explain("write", name, e, cancellationToken), ownsInner: false);
        await write(stream, cancellationToken);
        stream.ThrowIfFaulted();
        try
        {
            await blocks.CommitAsync();
        }
        catch (Exception e) when (_errors.Explain("write", name, e, cancellationToken) is { } explained)
        {
            throw explained;
        }
    }

    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        ItemName.Check(name);
        try
        {
            await _container.GetBlobClient(name).DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, null, cancellationToken);
        }
        catch (Exception e) when (_errors.Explain("delete", name, e, cancellationToken) is { } explained)
        {
            throw explained;
        }
    }

    public async IAsyncEnumerable<StoredItem> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ItemName.CheckPrefix(prefix);
        var pages = _container.GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }, cancellationToken).AsPages();
        await using var page = pages.GetAsyncEnumerator(cancellationToken);
        while (await MoveNextAsync())
        {
            foreach (var blob in page.Current.Values.Where(b => ItemName.IsValid(b.Name)))
                yield return new StoredItem(blob.Name, blob.Properties.ContentLength ?? 0) { Version = VersionOf(blob.Properties.ETag) };
        }

        async Task<bool> MoveNextAsync()
        {
            try
            {
                return await page.MoveNextAsync();
            }
            catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.ContainerNotFound)
            {
                return false;
            }
            catch (Exception e) when (_errors.Explain("list", prefix, e, cancellationToken) is { } explained)
            {
                throw explained;
            }
        }
    }

    public TimeSpan? LeaseTime => BlobLease.Length;

    public async Task<IStoreLease?> TryLeaseAsync(string name, CancellationToken cancellationToken)
    {
        ItemName.Check(name);
        return await BlobLease.TryTakeAsync(_container, name, (exception, token) => _errors.Explain("lock", name, exception, token), cancellationToken);
    }

    // A listing gives ETags without the quotes that a header has.
    private static string? VersionOf(ETag? tag) => tag?.ToString().Trim('"');

    // Null when the range lies beyond the end. The stream reconnects by itself, on the condition that the blob is still the same.
    private async Task<Stream?> DownloadAsync(string name, long offset, long? count, CancellationToken cancellationToken)
    {
        try
        {
            var whole = offset == 0 && count is null;
            var options = new BlobDownloadOptions { Range = whole ? default : new HttpRange(offset, count) };
            return (await _container.GetBlobClient(name).DownloadStreamingAsync(options, cancellationToken)).Value.Content;
        }
        catch (RequestFailedException e) when (e.Status == 416)
        {
            return null;
        }
        catch (Exception e) when (_errors.Explain("read", name, e, cancellationToken) is { } explained)
        {
            throw explained;
        }
    }

    private async Task<long> LengthAsync(string name, CancellationToken cancellationToken) =>
        (await FindAsync(name, cancellationToken))?.Length ?? throw new StoreItemMissingException(Location, name);
}
