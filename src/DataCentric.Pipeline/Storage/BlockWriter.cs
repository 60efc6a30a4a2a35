using System.Buffers.Binary;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace DataCentric.Pipeline.Storage;

/// <summary>
/// Stages what is written as blocks of one blob; only <see cref="CommitAsync"/> makes them visible. (The stream of the SDK's OpenWrite
/// commits when it is disposed, even after an exception of its user.)
/// </summary>
/// <param name="container">The container; made when it turns out to be missing.</param>
/// <param name="name">Name of the blob.</param>
/// <param name="blockBytes">Bytes of the first blocks, see <see cref="BlockBytesOf"/>; the writer holds one block in memory.</param>
/// <param name="operation">Ends every request of this writer.</param>
internal sealed class BlockWriter(BlobContainerClient container, string name, int blockBytes, CancellationToken operation) : Stream
{
    /// <summary>Blocks of one size. A blob has 50,000 at most, which of 4 MiB would be 209 GB.</summary>
    private const int BlocksOfASize = 10_000;

    private readonly BlockBlobClient _blob = container.GetBlockBlobClient(name);
    private readonly MemoryStream _block = new();
    private readonly List<string> _staged = [];

    // Every writer has ids of its own: with common ones, a commit could pick up blocks that another writer of this name has staged.
    private readonly byte[] _id = RandomNumberGenerator.GetBytes(12);

    /// <summary>Bytes of the next block: each ten thousand blocks are twice as large as those before, so 50,000 from 4 MiB on hold 1.3 TB.</summary>
    /// <param name="first">Bytes of the first one.</param>
    /// <param name="staged">Blocks before it, below 50,000.</param>
    internal static int BlockBytesOf(int first, int staged) => first << (staged / BlocksOfASize);

    private int NextBlockBytes => BlockBytesOf(blockBytes, _staged.Count);

    public override bool CanRead => false;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            if (_block.Length == NextBlockBytes)
                StageAsync(async: false, operation).GetAwaiter().GetResult(); // Completed: nothing in it was asynchronous.
            var count = Math.Min(buffer.Length, NextBlockBytes - (int)_block.Length);
            _block.Write(buffer[..count]);
            buffer = buffer[count..];
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(operation, cancellationToken);
        while (!buffer.IsEmpty)
        {
            if (_block.Length == NextBlockBytes)
                await StageAsync(async: true, either.Token);
            var count = Math.Min(buffer.Length, NextBlockBytes - (int)_block.Length);
            _block.Write(buffer.Span[..count]);
            buffer = buffer[count..];
        }
    }

    /// <summary>Makes all that was written the content of the blob, by one request.</summary>
    public async Task CommitAsync()
    {
        operation.ThrowIfCancellationRequested();
        if (_staged.Count == 0)
        {
            var single = new BlobUploadOptions { TransferOptions = new() { InitialTransferSize = blockBytes } };
            await InContainerAsync(async: true, _ => _blob.UploadAsync(Rewound(), single, operation), operation);
            return;
        }
        await StageAsync(async: true, operation);
        await _blob.CommitBlockListAsync(_staged, new CommitBlockListOptions(), operation);
    }

    public override void Flush()
    {
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _block.Dispose();
        base.Dispose(disposing);
    }

    private async Task StageAsync(bool async, CancellationToken cancellationToken)
    {
        BinaryPrimitives.WriteInt32BigEndian(_id.AsSpan(8), _staged.Count);
        var id = Convert.ToBase64String(_id);
        await InContainerAsync(async, StageBlockAsync, cancellationToken);
        _staged.Add(id);
        _block.SetLength(0);

        async Task StageBlockAsync(bool asynchronously)
        {
            if (asynchronously)
                await _blob.StageBlockAsync(id, Rewound(), new BlockBlobStageBlockOptions(), cancellationToken);
            else
                _blob.StageBlock(id, Rewound(), new BlockBlobStageBlockOptions(), cancellationToken);
        }
    }

    private async Task InContainerAsync(bool async, Func<bool, Task> request, CancellationToken cancellationToken)
    {
        try
        {
            await request(async);
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            if (async)
                await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            else
                container.CreateIfNotExists(cancellationToken: cancellationToken);
            await request(async);
        }
    }

    private MemoryStream Rewound()
    {
        _block.Position = 0;
        return _block;
    }
}
