using Azure.Storage.Blobs;
using DataCentric.Pipeline.Starts;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace DataCentric.Functions;

/// <summary>Starts runs of uploaded data sets.</summary>
/// <param name="starter">Makes runs of uploads.</param>
/// <param name="logger">Told of what was started and of what could not be.</param>
public sealed class UploadFunctions(RunStarter starter, ILogger<UploadFunctions> logger)
{
#if EVENT_GRID
    private const BlobTriggerSource Source = BlobTriggerSource.EventGrid;
#else
    private const BlobTriggerSource Source = BlobTriggerSource.LogsAndContainerScan;
#endif

    /// <summary>Starts a run when a data set is whole; repeated events of one upload start one run.</summary>
    [Function(nameof(OnDatasetUploaded))]
    public async Task OnDatasetUploaded(
        [BlobTrigger("datasets/{name}", Source = Source, Connection = "AzureWebJobsStorage")] BlobClient blob,
        string name,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(blob);
        var start = await starter.FromUploadAsync(name, cancellationToken);
        if (start is { Input: { } input })
        {
            var decision = await client.StartAsync(input, StartRules.ForUpload, cancellationToken);
            logger.LogInformation("Upload of {Blob}: run {Run}, {Decision}", name, input.Request.RunId, decision);
        }
        else if (start is not null)
        {
            // Nothing that a repetition could cure: to throw would only bring the same event again.
            logger.LogError("Upload of {Blob} starts no run: {Problems}", name, string.Join(" ", start.Problems));
        }
    }
}
