using DataCentric.Pipeline.Hosting;
using DataCentric.Pipeline.Starts;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace DataCentric.Functions;

/// <summary>Starts runs of uploaded data sets. Each app has its own trigger, as uploads are found in different ways.</summary>
/// <param name="starter">Makes runs of uploads.</param>
/// <param name="stops">Lets activities of a run work again that was terminated.</param>
/// <param name="logger">Told of what was started and of what could not be.</param>
public sealed class UploadStarter(RunStarter starter, RunStops stops, ILogger<UploadStarter> logger)
{
    /// <summary>Starts a run when a data set is whole; repeated events of one upload start one run.</summary>
    /// <param name="name">Name of the blob that was uploaded.</param>
    /// <param name="client">Starts it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task StartAsync(string name, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var start = await starter.FromUploadAsync(name, cancellationToken);
        if (start is { Input: { } input })
        {
            var decision = await client.StartAsync(input, StartRules.ForUpload, stops, cancellationToken);
            logger.LogInformation("Upload of {Blob}: run {Run}, {Decision}", name, input.Request.RunId, decision);
        }
        else if (start is not null)
        {
            // Nothing that a repetition could cure: to throw would only bring the same event again.
            logger.LogError("Upload of {Blob} starts no run: {Problems}", name, string.Join(" ", start.Problems));
        }
    }
}
