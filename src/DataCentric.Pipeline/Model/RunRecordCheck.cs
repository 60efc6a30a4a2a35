namespace DataCentric.Pipeline.Model;

/// <summary>Looks whether a run record that was read can be: whoever uses one can rely on what is in it.</summary>
internal static class RunRecordCheck
{
    /// <summary>The one layout that there has been.</summary>
    private const int KnownVersion = 1;

    /// <summary>Files that a record lists in any case.</summary>
    public static readonly IReadOnlyList<string> Essential = [ResultFiles.Data, ResultFiles.Label, ResultFiles.Manifest];

    /// <summary>Those of the essential files that a record does not list: nothing can be made from such a set, or taken for finished.</summary>
    /// <param name="run">The record.</param>
    public static IEnumerable<string> Unlisted(RunRecord run) => Essential.Except(run.Files.Select(file => file.Name));

    /// <summary>What is wrong, a clause for a sentence; null where nothing is.</summary>
    /// <param name="run">The record.</param>
    public static string? FindProblem(RunRecord run) => Completeness.FindMissing(run) is { } missing ? $"{missing} is missing" : Problem(run);

    private static string? Problem(RunRecord run)
    {
        var (input, shape) = (run.Input, run.Input.Shape);
        if (run.FormatVersion != KnownVersion)
            return $"formatVersion is {run.FormatVersion}, expected {KnownVersion}";
        if (shape.Height is < ImageShape.MinSide or > ImageShape.MaxSide || shape.Width is < ImageShape.MinSide or > ImageShape.MaxSide)
            return $"input.shape is {shape}";
        if (input.Count < 1 || run.Available < input.Count)
            return $"input.count is {input.Count} of {run.Available}";
        if (input.ClassCount < 1 || input.ClassCount != run.Classes.Count)
            return $"input.classCount is {input.ClassCount}, with names for {run.Classes.Count}";
        if (run.Plan is not { Clean: >= 0, Adversarial: >= 0, Corrupted: >= 0 })
            return $"plan does not add up to the {input.Count} samples";
        if (run.Kinds.FirstOrDefault(kind => kind.Value < 0) is { Key: { } kind })
            return $"kinds.{kind} is negative";
        if (run.FailedShards is { } failed && (failed.Count is 0 or > FailedShard.Most || failed.Sum(one => (long)one.Shard.Count) > input.Count || !failed.All(one => CanFail(one.Shard, input))))
            return "failedShards are not shards of the set";
        if (run.Timings.FirstOrDefault(timing => timing.Seconds is not (>= 0 and < 1e9)) is { } timing)
            return $"timings: {timing.Phase} took {timing.Seconds} seconds";
        if (run.Timings.FirstOrDefault(timing => timing.ProcessorSeconds is { } used && !(used is { User: >= 0 and < 1e12, Kernel: >= 0 and < 1e12 })) is { } counted)
            return $"timings: {counted.Phase} used {counted.ProcessorSeconds!.Value.Total} seconds of processors";
        if (run.Files.FirstOrDefault(file => file.Length < 0 || !ItemName.IsValid(file.Name)) is { } file)
            return $"files: '{file.Name}' of {file.Length} bytes";
        return ProblemOf(run.Statistics, input) ?? (run.Request.Validate() is [var first, ..] ? first.TrimEnd('.') : null);
    }

    private static bool CanFail(Shard shard, IngestedSet input) =>
        shard is { Role: SampleRole.Adversarial or SampleRole.Corrupted, Start: >= 0, Count: >= 1 } && (long)shard.Start + shard.Count <= input.Count;

    private static string? ProblemOf(SetStatistics? statistics, IngestedSet input)
    {
        if (statistics is null)
            return null;
        if (statistics.Groups.Count == 0)
            return "statistics.groups is empty";
        var broken = statistics.Groups.FirstOrDefault(group => group.Classes.Count != input.ClassCount || !IsOne(group.L2) || !IsOne(group.Linf));
        return broken is null ? null : $"statistics of {broken.Name}";

        static bool IsOne(Histogram histogram) =>
            histogram.Counts.Count > 0 && double.IsPow2(histogram.BinWidth) && histogram.BinWidth is > 1e-9 and < 1e9 && histogram.Counts.All(count => count >= 0);
    }
}
