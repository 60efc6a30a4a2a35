using DataCentric.Pipeline.Activities;
using DataCentric.Pipeline.Starts;

namespace DataCentric.Pipeline.Report;

/// <summary>What the live page shows at one moment.</summary>
/// <param name="Title">What is being made.</param>
/// <param name="Status">Where the run stands; null before it began.</param>
/// <param name="ImagesPerSecond">Images finished for each second of the stage; null where that is not known.</param>
/// <param name="Left">Expected time to the end of the stage; null where that is not known.</param>
/// <param name="Items">What is under way.</param>
public sealed record LiveState(string Title, RunStatus? Status, double? ImagesPerSecond, TimeSpan? Left, IReadOnlyList<ActivityProgress> Items)
{
    /// <summary>The state that a status alone tells.</summary>
    /// <param name="title">What is being made.</param>
    /// <param name="status">Where the run stands; null before it began.</param>
    public static LiveState Of(string title, RunStatus? status) => new(title, status, ImagesPerSecond: null, Left: null, []);
}
