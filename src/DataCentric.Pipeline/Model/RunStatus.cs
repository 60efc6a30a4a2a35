namespace DataCentric.Pipeline.Model;

/// <summary>Where a run stands, as clients see it: the custom status of its orchestration. Below 1 kB for a run of any size.</summary>
/// <param name="Phase">Stage of the workflow.</param>
/// <param name="Done">Shards (or surrogates) finished in this stage.</param>
/// <param name="Failed">Those that failed for good.</param>
/// <param name="Total">All of this stage.</param>
/// <param name="ImagesDone">Images finished in this stage.</param>
/// <param name="ImagesTotal">All images of this stage.</param>
/// <param name="Percent">Share of this stage's work that is finished, 0 to 100.</param>
public sealed record RunStatus(WorkflowPhase Phase, int Done, int Failed, int Total, int ImagesDone, int ImagesTotal, int Percent)
{
    /// <summary>Seconds from the begin of this stage to this status, 0 or more.</summary>
    public double Seconds { get; init; }

    /// <summary>The stages before this one, in order, with what each took; empty where that is not known.</summary>
    public IReadOnlyList<StageRate> Stages { get; init; } = [];

    /// <summary>Images finished in this stage for each second of it; null where there are none yet.</summary>
    [JsonIgnore]
    public double? ImagesPerSecond => new StageRate(Phase, Seconds, ImagesDone).ImagesPerSecond;

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

/// <summary>What a stage took.</summary>
/// <param name="Phase">The stage.</param>
/// <param name="Seconds">Wall-clock seconds, 0 or more.</param>
/// <param name="Images">Images that went through it; 0 where it works on something else.</param>
public sealed record StageRate(WorkflowPhase Phase, double Seconds, int Images)
{
    /// <summary>Images for each second; null where there are none, or no time was measured.</summary>
    [JsonIgnore]
    public double? ImagesPerSecond => Images > 0 && Seconds > 0 ? Images / Seconds : null;
}

/// <summary>
/// Makes the statuses of a run from what its workflow reports, and keeps what each stage took. It reads no clock: given the same reports at the
/// same times, as on a replay, it makes the same statuses.
/// </summary>
public sealed class RunStatusLog
{
    private readonly List<StageRate> _stages = [];
    private RunStatus? _last;
    private DateTimeOffset _begun;

    /// <summary>The status for the next report.</summary>
    /// <param name="progress">What the workflow reports.</param>
    /// <param name="now">When.</param>
    public RunStatus Next(WorkflowProgress progress, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(progress);
        if (_last?.Phase != progress.Phase)
        {
            if (_last is not null)
                _stages.Add(new StageRate(_last.Phase, SecondsUntil(now), _last.ImagesDone));
            _begun = now;
        }

        return _last = RunStatus.Of(progress) with { Seconds = SecondsUntil(now), Stages = [.. _stages] };
    }

    // The context's time may be set back.
    private double SecondsUntil(DateTimeOffset now) => Math.Round(Math.Max(0, (now - _begun).TotalSeconds), 3);
}
