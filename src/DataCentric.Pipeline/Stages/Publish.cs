using System.Runtime.InteropServices;
using DataCentric.Imaging.Formats;
using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Results;
using Microsoft.Extensions.Logging;

namespace DataCentric.Pipeline.Stages;

public static partial class ActivityNames
{
    /// <summary>Writes picture and run record, and clears what only the run needed.</summary>
    public static readonly ActivityName<PublishInput, EnhancementSummary> Publish = new("Publish");
}

/// <summary>Input of <see cref="ActivityNames.Publish"/>.</summary>
/// <param name="Request">The request.</param>
/// <param name="Set">The canonical set.</param>
/// <param name="Plan">Counts of the plan.</param>
/// <param name="Surrogates">The ensemble.</param>
/// <param name="Assembled">The enhanced set.</param>
/// <param name="Timings">How long each stage before took.</param>
/// <param name="Device">What computed the attack.</param>
public sealed record PublishInput(
    EnhancementRequest Request,
    IngestedSet Set,
    PlanSummary Plan,
    IReadOnlyList<TrainedModel> Surrogates,
    AssembledSet Assembled,
    IReadOnlyList<StageTiming> Timings,
    string Device) : StageInput(Request)
{
    /// <summary>Shards that failed for good and may; their samples are counted as clean in the plan.</summary>
    public IReadOnlyList<FailedShard> Failed { get; init; } = [];
}

/// <summary>
/// Draws the examples, writes card, description and report, then the run record, which makes the result a finished one, and clears what
/// only the run needed: shards, and the canonical input where it is not to be scored. Where shards failed all of it stays, so that they alone are
/// made when the run is started again.
/// </summary>
/// <param name="stores">Where the run and the result lie.</param>
/// <param name="tries">Tries that failed on the way.</param>
/// <param name="time">Dates the set.</param>
/// <param name="logger">Warns of unknown terms.</param>
internal sealed partial class PublishActivity(PipelineStores stores, FailedTries tries, TimeProvider time, ILogger<PublishActivity> logger)
    : IActivity<PublishInput, EnhancementSummary>
{
    public async Task<EnhancementSummary> RunAsync(PublishInput input, CancellationToken cancellationToken)
    {
        var (request, set) = (input.Request, input.Set);
        var layout = new RunLayout(request.RunId);
        var result = stores.Result(request);
        var ingested = await stores.Work.TryReadSealedAsync<InputRecord>(layout.InputRecord, PipelineJson.Indented, cancellationToken)
            ?? throw new InvalidDataException($"{stores.Work.Location}: {layout.InputRecord} is missing; start the run again.");
        var statistics = await ManifestStatistics.ReadAsync(result, set, request.HeldOut is not null, cancellationToken);
        var record = Record(input, ingested, statistics) with
        {
            FailedTries = await tries.ReadAsync(request.RunId, cancellationToken),
            Files =
            [
                .. input.Assembled.Files,
                .. await ExampleWriter.WriteAsync(stores, request, set, ingested, statistics, cancellationToken),
                .. await WriteTextAsync(result, ResultFiles.Classes, ClassNames.TryLines(ingested.Classes), cancellationToken),
                .. await WriteTextAsync(result, ResultFiles.License, ingested.License?.Text, cancellationToken),
            ],
        };
        await RemoveEarlierScoreAsync(result, request, cancellationToken);
        record = await ResultDocuments.WriteAsync(result, record, cancellationToken);
        await RunFile.WriteAsync(result, record, cancellationToken);
        if (input.Failed.Count > 0)
            WarnOfFailedShards(FailedShards.Sentence(input.Failed));
        else if (request.Score is null)
            await RunCleaner.ClearAsync(stores.Work, layout, cancellationToken);
        else
            await RunCleaner.ClearShardsAsync(stores.Work, layout, cancellationToken);
        if (record.License is { IsUnknown: true, Origin: LicenseOrigin.Nobody })
            WarnOfUnknownLicense();
        return record.ToSummary(result.Location);
    }

    /// <summary>The score of a set that this run published here before, with shards that failed or files that broke, is not that of this one.</summary>
    private static async Task RemoveEarlierScoreAsync(IDataStore result, EnhancementRequest request, CancellationToken cancellationToken)
    {
        if (await RunFile.TryReadAsync(result, cancellationToken) is not { Run: var earlier } || earlier.Request.RunId != request.RunId)
            return;
        foreach (var file in earlier.Files.Where(file => file.Name is ResultFiles.Score or ResultFiles.ScorePicture))
            await result.DeleteAsync(file.Name, cancellationToken);
    }

    private RunRecord Record(PublishInput input, InputRecord ingested, ManifestStatistics statistics) => new()
    {
        Request = input.Request,
        Input = input.Set,
        InputFormat = ingested.Format,
        Available = ingested.Available,
        LeftOut = ingested.LeftOut,
        Classes = ingested.Classes,
        Plan = input.Plan,
        Kinds = statistics.Kinds,
        Surrogates = input.Surrogates,
        Attack = statistics.Attack,
        FailedShards = input.Failed.Count > 0 ? input.Failed : null,
        Selection = statistics.Selection,
        Files = [],
        Timings = input.Timings,
        License = DataLicense.Stated(input.Request.License) ?? ingested.License?.License ?? new DataLicense(DataLicense.UnknownId, LicenseOrigin.Nobody),
        DataVersion = input.Request.DataVersion ?? SemanticVersion.Default,
        Published = time.GetUtcNow(),
        Statistics = statistics.Set,
        Versions = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["datacentric"] = typeof(PublishActivity).Assembly.GetName().Version!.ToString(3),
            ["dotnet"] = Environment.Version.ToString(),
            ["system"] = $"{RuntimeInformation.OSDescription} {RuntimeInformation.ProcessArchitecture}",
            ["device"] = input.Device,
        },
    };

    private static async Task<IEnumerable<StoredFile>> WriteTextAsync(IDataStore result, string name, string? text, CancellationToken cancellationToken) =>
        text is null ? [] : [await result.WriteHashedAsync(name, Encoding.UTF8.GetBytes(text), cancellationToken)];

    [LoggerMessage(LogLevel.Warning, "{Loss}. The set is published, as maxFailedShards allows; starting the run again tries them again.")]
    private partial void WarnOfFailedShards(string loss);

    [LoggerMessage(LogLevel.Warning, "The licence of the source data was not stated: the dataset card says \"license: unknown\". "
        + "Name it (--license CC-BY-4.0, say), or say that you do not know it (--license unknown).")]
    private partial void WarnOfUnknownLicense();
}
