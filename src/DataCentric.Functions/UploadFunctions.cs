using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace DataCentric.Functions;

/// <summary>Starts runs of uploads that Event Grid tells of, the only way that Flex Consumption has.</summary>
/// <param name="uploads">Starts them.</param>
public sealed class UploadFunctions(UploadStarter uploads)
{
    /// <summary>See <see cref="UploadStarter.StartAsync"/>.</summary>
    [Function(nameof(OnDatasetUploaded))]
    public Task OnDatasetUploaded(
        [BlobTrigger("datasets/{name}", Source = BlobTriggerSource.EventGrid, Connection = StorageConnection.Name)] BlobClient blob,
        string name,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        uploads.StartAsync(name, client, cancellationToken);
}
