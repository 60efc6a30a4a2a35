using DataCentric.Pipeline.Results;

namespace DataCentric.Pipeline.Stages;

public static partial class ActivityNames
{
    /// <summary>Writes the formats that a finished set does not have yet.</summary>
    public static readonly ActivityName<EnhancementRequest, EnhancementSummary> Export = new("Export");
}

/// <summary>Brings a finished set to what a request asks for beside the samples: formats that it does not have yet, licence, version, documents.</summary>
/// <param name="stores">Where the result lies.</param>
/// <param name="observer">Watches samples.</param>
internal sealed class ExportActivity(PipelineStores stores, IActivityObserver observer) : IActivity<EnhancementRequest, EnhancementSummary>
{
    public async Task<EnhancementSummary> RunAsync(EnhancementRequest input, CancellationToken cancellationToken)
    {
        var result = stores.Result(input);
        var set = await EnhancedSet.OpenAsync(result, cancellationToken);
        await set.RestateAsync(input, cancellationToken);
        await set.AddFormatsAsync(input.Formats is { Count: > 0 } formats ? formats : [SetFormats.Npy], input.Folder, observer, cancellationToken);
        return set.Run.ToSummary(result.Location);
    }
}
