using DataCentric.Pipeline.Requests;
using DataCentric.Pipeline.Results;

namespace DataCentric.Pipeline.Activities;

/// <summary>Writes the formats that a request asks for and its finished set does not have yet, from the set as it lies.</summary>
/// <param name="stores">Where the result lies.</param>
/// <param name="observer">Watches samples.</param>
public sealed class ExportActivity(PipelineStores stores, IActivityObserver observer) : IActivity<EnhancementRequest, EnhancementSummary>
{
    /// <inheritdoc/>
    public async Task<EnhancementSummary> RunAsync(EnhancementRequest input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var result = stores.Result(input);
        var set = await EnhancedSet.OpenAsync(result, cancellationToken);
        await set.AddFormatsAsync(input.Formats ?? [], observer, cancellationToken);
        return set.Run.ToSummary(result.Location);
    }
}
