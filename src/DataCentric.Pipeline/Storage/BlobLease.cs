using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace DataCentric.Pipeline.Storage;

/// <summary>A lease on an empty blob, which the service ends by its own clock unless it is renewed. The blob is removed when the lease is given back.</summary>
internal sealed class BlobLease : IStoreLease
{
    /// <summary>The shortest that the service gives: so long a dead process keeps others off.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(15);

    private const int Attempts = 8;

    private readonly BlockBlobClient _blob;
    private readonly BlobLeaseClient _lease;
    private readonly Func<Exception, CancellationToken, StoreException?> _explain;

    private BlobLease(BlockBlobClient blob, BlobLeaseClient lease, Func<Exception, CancellationToken, StoreException?> explain) =>
        (_blob, _lease, _explain) = (blob, lease, explain);

    /// <summary>Takes the lease; null when another one is on the blob.</summary>
    /// <param name="container">The container; made when it turns out to be missing.</param>
    /// <param name="name">Name of the blob.</param>
    /// <param name="explain">Turns a failure of the storage into the exception to throw, or returns null to let it pass unchanged.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<BlobLease?> TryTakeAsync(
        BlobContainerClient container, string name, Func<Exception, CancellationToken, StoreException?> explain, CancellationToken cancellationToken)
    {
        var blob = container.GetBlockBlobClient(name);
        var lease = new BlobLease(blob, blob.GetBlobLeaseClient(), explain);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            try
            {
                await MakeAsync(container, blob, cancellationToken);
                await lease._lease.AcquireAsync(Length, cancellationToken: cancellationToken);
                return lease;
            }
            catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.LeaseAlreadyPresent)
            {
                return null;
            }
            catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.BlobNotFound)
            {
                // The holder before gave it back, and the blob with it, between our two requests.
            }
            catch (Exception exception) when (explain(exception, cancellationToken) is { } explained)
            {
                throw explained;
            }
        }

        return null;
    }

    public async Task<bool> RenewAsync(CancellationToken cancellationToken)
    {
        try
        {
            // With the same id, which renews a lease that is held and takes one that ran out.
            await _lease.AcquireAsync(Length, cancellationToken: cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (exception.Status is 404 or 409 or 412)
        {
            return false;
        }
        catch (Exception exception) when (_explain(exception, cancellationToken) is { } explained)
        {
            throw explained;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _blob.DeleteIfExistsAsync(conditions: new BlobRequestConditions { LeaseId = _lease.LeaseId });
        }
        catch (Exception exception) when (_explain(exception, CancellationToken.None) is not null)
        {
            // It ends by itself, and the empty blob goes with the next lease on it.
        }
    }

    private static async Task MakeAsync(BlobContainerClient container, BlockBlobClient blob, CancellationToken cancellationToken)
    {
        var absent = new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
        try
        {
            await blob.UploadAsync(Stream.Null, absent, cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            await MakeAsync(container, blob, cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == 412 || exception.ErrorCode == BlobErrorCode.BlobAlreadyExists)
        {
            // It is there, leased or not.
        }
    }
}
