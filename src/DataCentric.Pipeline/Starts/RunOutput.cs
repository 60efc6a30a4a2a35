using DataCentric.Pipeline.Activities;

namespace DataCentric.Pipeline.Starts;

/// <summary>What a finished run tells: the output of its orchestration.</summary>
/// <param name="Summary">Counts and place of the result.</param>
/// <param name="ReportUri">Where a picture of it can be looked at, relative to the host of the start.</param>
public sealed record RunOutput(EnhancementSummary Summary, string ReportUri)
{
    /// <summary>The output for a summary.</summary>
    /// <param name="summary">The finished run.</param>
    public static RunOutput Of(EnhancementSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return new(summary, $"/api/runs/{summary.RunId}/report");
    }
}
