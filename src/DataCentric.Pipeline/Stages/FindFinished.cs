using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Evaluation;
using DataCentric.Pipeline.Evaluation.TestSets;

namespace DataCentric.Pipeline.Stages;

public static partial class ActivityNames
{
    /// <summary>Looks for a finished result of the same run.</summary>
    public static readonly ActivityName<EnhancementRequest, FinishedRun> FindFinished = new("FindFinished");
}

/// <summary>Output of <see cref="ActivityNames.FindFinished"/>.</summary>
/// <param name="Summary">The finished run; null where there is none.</param>
public sealed record FinishedRun(EnhancementSummary? Summary);

/// <summary>
/// Looks where the result would go. A whole result of the same run need not be made again, unless shards of it failed, which may be done this time; one of
/// another run is not overwritten.
/// </summary>
/// <param name="stores">Where the result lies.</param>
/// <param name="locator">Finds the test sets that it was scored on.</param>
internal sealed class FindFinishedActivity(PipelineStores stores, IDatasetLocator locator) : IActivity<EnhancementRequest, FinishedRun>
{
    /// <exception cref="InputException">The result of another run lies there.</exception>
    public async Task<FinishedRun> RunAsync(EnhancementRequest input, CancellationToken cancellationToken)
    {
        var result = stores.Result(input);
        if (await RunFile.TryReadAsync(result, cancellationToken) is not { Run: var record } stored)
            return new FinishedRun(Summary: null);
        if (record.Request.RunId != input.RunId)
            throw new InputException(Conflict(result.Location, record.Request, input));
        if (stored.Seal == RunSeal.Broken || record.FailedShards is { Count: > 0 } || RunRecordCheck.Unlisted(record).Any())
            return new FinishedRun(Summary: null);

        // Further formats, documents and scores are made from these files; a broken one is no reason to make the set again.
        var files = record.Files.Where(file => !file.Name.Contains('/', StringComparison.Ordinal) && !ResultFiles.Documents.Contains(file.Name)).ToLookup(IsScore);
        if (!await result.AreWholeAsync([.. files[false]], cancellationToken))
            return new FinishedRun(Summary: null);
        var summary = record.ToSummary(result.Location);
        if (input.Score is not null && !await IsScoredAsync(result, record, input.Score, [.. files[true]], cancellationToken))
            return new FinishedRun(summary with { Score = null });
        await RunCleaner.ClearAsync(stores.Work, new RunLayout(input.RunId), cancellationToken); // It may have been stopped just before this.
        return new FinishedRun(summary);
    }

    private static bool IsScore(StoredFile file) => file.Name is ResultFiles.Score or ResultFiles.ScorePicture;

    /// <summary>Whether the set has the score that is asked for. It keeps the one it has where the test sets are gone, and is scored again where they became others.</summary>
    private async Task<bool> IsScoredAsync(
        IDataStore result, RunRecord record, ScoringRequest wanted, IReadOnlyList<StoredFile> files, CancellationToken cancellationToken)
    {
        if (!IsScoredAs(record, wanted) || !await result.AreWholeAsync(files, cancellationToken))
            return false;
        var score = await result.ReadJsonAsync<ScoreRecord>(ResultFiles.Score, PipelineJson.Indented, cancellationToken);
        var test = await TestSet.TryReadRecordAsync(locator, wanted.Test, cancellationToken);
        return test is null || test.Sha256 == score.TestSha256;
    }

    private static bool IsScoredAs(RunRecord record, ScoringRequest wanted) =>
        record.Score is not null && JsonSerializer.Serialize(record.Request.Score, PipelineJson.Compact) == JsonSerializer.Serialize(wanted, PipelineJson.Compact);

    private static string Conflict(string location, EnhancementRequest there, EnhancementRequest here)
    {
        var differences = RequestIdentity.Differences(there, here);
        var reason = differences.Count > 0 ? string.Join("; ", differences) : "the data set differs";
        return $"{location} holds the result of another run ({reason}). Choose another place for this one.";
    }
}
