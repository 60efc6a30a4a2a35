using Azure.Storage.Blobs;
using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Tests.Storage;

[Collection(WithAzurite.Name)]
public sealed class BlobStoreTests(AzuriteFixture azurite) : DataStoreContract
{
    private static int _containers;

    protected override Task<IDataStore> NewStoreAsync() => Task.FromResult<IDataStore>(new BlobStore(NewContainer()));

    private BlobContainerClient NewContainer() =>
        new(azurite.ConnectionString, $"test-{Interlocked.Increment(ref _containers)}", BlobStore.ClientOptions());
}
