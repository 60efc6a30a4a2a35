using DataCentric.Pipeline.Workflow;

namespace DataCentric.Pipeline.Starts;

/// <summary>Where a run stands, as clients see it: the custom status of its orchestration. A few hundred bytes for a run of any size.</summary>
/// <param name="Phase">Stage of the workflow.</param>
/// <param name="Done">Shards (or surrogates) finished in this stage.</param>
/// <param name="Failed">Those that failed for good.</param>
/// <param name="Total">All of this stage.</param>
/// <param name="ImagesDone">Images finished in this stage.</param>
/// <param name="ImagesTotal">All images of this stage.</param>
/// <param name="Percent">Share of this stage's work that is finished, 0 to 100.</param>
public sealed record RunStatus(WorkflowPhase Phase, int Done, int Failed, int Total, int ImagesDone, int ImagesTotal, int Percent)
{
    /// <summary>The status that tells of some progress.</summary>
    /// <param name="progress">Where the workflow stands.</param>
    public static RunStatus Of(WorkflowProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        var share = progress.WorkTotal > 0 ? progress.WorkDone / progress.WorkTotal : (double)progress.Done / Math.Max(1, progress.Total);
        return new(
            progress.Phase, progress.Done, progress.Failed, progress.Total, progress.ImagesDone, progress.ImagesTotal, (int)(100 * Math.Clamp(share, 0, 1)));
    }
}
