using System.Runtime.InteropServices;
using DataCentric.Npy;
using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Selection;

namespace DataCentric.Pipeline.Stages;

public static partial class ActivityNames
{
    /// <summary>Puts the shards together in set order.</summary>
    public static readonly ActivityName<AssembleInput, AssembledSet> Assemble = new("Assemble");
}

/// <summary>Input of <see cref="ActivityNames.Assemble"/>.</summary>
/// <param name="Request">The request.</param>
/// <param name="Set">The canonical set.</param>
/// <param name="Plan">Counts of the plan.</param>
/// <param name="Surrogates">The ensemble.</param>
public sealed record AssembleInput(EnhancementRequest Request, IngestedSet Set, PlanSummary Plan, IReadOnlyList<TrainedModel> Surrogates) : StageInput(Request)
{
    /// <summary>Shards that hold the scores of the samples, and what the surrogates see in them where labels are distilled, in set order; empty where surrogates were not asked.</summary>
    public IReadOnlyList<ScoreShard> Seen { get; init; } = [];

    /// <summary>Shards that failed for good and may; their samples stay clean.</summary>
    public IReadOnlyList<FailedShard> Failed { get; init; } = [];
}

/// <summary>The enhanced set as it was written.</summary>
/// <param name="Files">Its files.</param>
public sealed record AssembledSet(IReadOnlyList<StoredFile> Files);

/// <summary>Puts the shards together in set order: pixels, labels, manifest. Each file is written whole or not at all.</summary>
/// <param name="stores">Where the run and the result lie.</param>
/// <param name="plans">The run's plan.</param>
/// <param name="observer">Watches samples.</param>
internal sealed class AssembleActivity(PipelineStores stores, PlanReader plans, IActivityObserver observer) : IActivity<AssembleInput, AssembledSet>
{
    private const int RowsAtOnce = 4096;
    private static readonly byte[] NewLine = "\n"u8.ToArray();

    public async Task<AssembledSet> RunAsync(AssembleInput input, CancellationToken cancellationToken)
    {
        var layout = new RunLayout(input.Request.RunId);
        var chooser = Chooser.Of(input.Request, input.Surrogates);
        var plan = await plans.ReadAsync(layout, chooser, cancellationToken);
        var scores = chooser.Length == 0 ? null : new ScoreCursor(new ScoreStore(stores.Work, layout), input.Seen);
        var result = stores.Result(input.Request);
        var set = new CanonicalSet(stores.Work, layout, input.Set);
        return new AssembledSet(
        [
            await result.WriteHashedAsync(ResultFiles.Data, (stream, token) => WritePixelsAsync(stream, input, layout, plan, token), cancellationToken),
            await result.WriteHashedAsync(ResultFiles.Label, (stream, token) => WriteLabelsAsync(stream, input, layout, set, token), cancellationToken),
            await result.WriteHashedAsync(
                ResultFiles.Manifest, (stream, token) => WriteManifestAsync(stream, input, layout, plan, scores, set, token), cancellationToken),
        ]);
    }

    private async Task WritePixelsAsync(Stream stream, AssembleInput input, RunLayout layout, EnhancementPlan plan, CancellationToken cancellationToken)
    {
        var (count, shape) = (input.Set.Count, input.Set.Shape);
        await stream.WriteAsync(NpyHeader.For(NpyDType.U1, count, shape.Height, shape.Width, ImageShape.Channels).ToBytes(), cancellationToken);
        await using var shards = new ShardCursor(stores.Work, layout, input, plan);
        for (var index = 0; index < count; index++)
        {
            var (record, pixels) = await shards.NextAsync(index, cancellationToken);
            if (Convert.ToHexStringLower(SHA256.HashData(pixels.Span)) != record.Sha256)
                throw new InvalidDataException($"{stores.Work.Location}: sample {index} changed after it was made; start the run again to repeat its shard.");
            await stream.WriteAsync(pixels, cancellationToken);
            if (index % RowsAtOnce == 0)
                observer.Report(new ActivityProgress(ResultFiles.Data, index, count, "images"));
        }
    }

    private async Task WriteLabelsAsync(Stream stream, AssembleInput input, RunLayout layout, CanonicalSet canonical, CancellationToken cancellationToken)
    {
        var set = input.Set;
        await stream.WriteAsync(NpyHeader.For(NpyDType.F4, set.Count, set.ClassCount).ToBytes(), cancellationToken);
        if (input.Request.Labels == LabelRule.Distilled)
        {
            var scores = new ScoreStore(stores.Work, layout);
            foreach (var shard in input.Seen)
            {
                var labels = LabelRows.Encode(await canonical.ReadRowsAsync(shard.Start, shard.Count, cancellationToken), set.ClassCount);
                var seen = await scores.ReadSeenAsync(shard, cancellationToken);
                DistilledLabels.Mix(MemoryMarshal.Cast<byte, float>(labels.AsSpan()), MemoryMarshal.Cast<byte, float>(seen.AsSpan()));
                await stream.WriteAsync(labels, cancellationToken);
            }

            return;
        }

        for (var first = 0; first < set.Count; first += RowsAtOnce)
        {
            var rows = await canonical.ReadRowsAsync(first, Math.Min(RowsAtOnce, set.Count - first), cancellationToken);
            await stream.WriteAsync(LabelRows.Encode(rows, set.ClassCount), cancellationToken);
        }
    }

    private async Task WriteManifestAsync(
        Stream stream, AssembleInput input, RunLayout layout, EnhancementPlan plan, ScoreCursor? scores, CanonicalSet set, CancellationToken cancellationToken)
    {
        var corruptions = input.Request.Corruptions.CreateMix().Corruptions;
        var done = plan.Without(input.Failed);
        await using var shards = new ShardCursor(stores.Work, layout, input, plan, readPixels: false);
        await using var sourceNames = await stores.Work.OpenReadAsync(layout.InputSources, 0, cancellationToken);
        using var sources = new StreamReader(sourceNames);
        for (var first = 0; first < input.Set.Count; first += RowsAtOnce)
        {
            var rows = await set.ReadRowsAsync(first, Math.Min(RowsAtOnce, input.Set.Count - first), cancellationToken);
            for (var i = 0; i < rows.Length; i++)
            {
                var index = first + i;
                var (record, _) = await shards.NextAsync(index, cancellationToken);
                var corruption = done.RoleOf(index) == SampleRole.Corrupted ? corruptions[done.KindOf(index)] : null;
                var entry = new ManifestEntry
                {
                    Index = index,
                    Source = await sources.ReadLineAsync(cancellationToken) ?? throw new InvalidDataException($"{layout.InputSources} is too short."),
                    Key = rows[i].Key,
                    Label = rows[i].Label,
                    Role = done.RoleOf(index),
                    Intended = plan.RoleOf(index) is var intended && intended != done.RoleOf(index) ? intended : null,
                    Kind = corruption?.Name,
                    ParameterSet = corruption?.Set,
                    Severity = corruption is { Severity: > 0 } ? corruption.Severity : null,
                    Seed = input.Request.Seed,
                    Selection = scores is null ? null : await scores.EntryOfAsync(index, isCorrupted: corruption is not null, cancellationToken),
                    Linf = record.Linf,
                    L2 = record.L2,
                    Attack = record.Attack,
                    Sha256 = record.Sha256,
                };
                await stream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(entry, PipelineJson.Compact), cancellationToken);
                await stream.WriteAsync(NewLine, cancellationToken);
            }
        }
    }
}
