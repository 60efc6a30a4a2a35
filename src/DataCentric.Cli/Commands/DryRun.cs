using System.Diagnostics;
using System.Globalization;
using DataCentric.Adversarial;
using DataCentric.Attacks;
using DataCentric.Cli.Composition;
using DataCentric.Cli.Terminal;
using DataCentric.Imaging.Corruptions;
using DataCentric.Imaging.Formats;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Selection;
using Spectre.Console;

namespace DataCentric.Cli.Commands;

/// <summary><c>enhance --dry-run</c>: counts, and time and memory from measuring a few images on this machine.</summary>
internal static class DryRun
{
    private const int ProbeImages = 128;
    private const int ProbeIterations = 2;

    public static Task<int> RunAsync(EnhancementJob job, TorchAdversary adversary, int workers, bool json, CancellationToken cancellationToken)
    {
        var request = job.Request;
        using var reader = ImageSource.Open(job.Dataset!.Path);
        var info = reader.Info;
        var count = Math.Min(request.Limit ?? info.Count, info.Count);
        var keys = Planner.Select(request.Seed, info.Count, request.Limit).Select(index => (ulong)index).ToArray();
        var plan = Planner.Plan(request.Seed, request.Split, request.Corruptions, keys);
        var images = reader.ReadSelected(Enumerable.Range(0, Math.Min(ProbeImages, info.Count)));
        var (adversarial, corrupted) = (plan.CountOf(SampleRole.Adversarial), plan.CountOf(SampleRole.Corrupted));

        var chosenByScores = request.Selection != SelectionRule.Random;
        var training = (adversarial == 0 && !chosenByScores) || job.SurrogateFiles is not null
            ? 0
            : TrainingSeconds(
                adversary, request.Surrogates.Architectures.Select(architecture => request.Surrogates with { Architectures = [architecture] }), images, info.Classes.Count, Math.Min(count, request.Surrogates.MaxTrainingImages), cancellationToken);
        var scored = request.Score is { } score
            ? 2 * score.Seeds.Count * TrainingSeconds(adversary, score.Architectures.Select(score.OptionsFor), images, info.Classes.Count, count, cancellationToken)
            : 0;
        var attack = adversarial == 0 ? 0 : AttackSeconds(adversary, job, images, info.Classes.Count, adversarial, cancellationToken);
        var corruption = CorruptionSeconds(request, images, corrupted);
        var selection = chosenByScores ? SelectionSeconds(adversary, job, images, info.Classes.Count, count, cancellationToken) : 0;
        var parallel = Math.Min(workers, Environment.ProcessorCount);
        var trainingBytes = training == 0 ? 0L : (long)Math.Min(count, request.Surrogates.MaxTrainingImages) * info.Shape.ByteLength * Math.Min(workers, request.EnsembleSize);
        var shardBytes = 4L * workers * request.ShardSize * info.Shape.ByteLength;
        var estimate = new
        {
            request.RunId,
            count,
            clean = plan.CountOf(SampleRole.Clean),
            adversarial,
            corrupted,
            kinds = chosenByScores ? new Dictionary<string, int>() : KindCounts(plan),
            surrogateSeconds = training / parallel,
            selectionSeconds = selection / parallel,
            attackSeconds = attack / parallel,
            corruptionSeconds = corruption / parallel,
            scoreSeconds = scored / parallel,
            memoryMegabytes = (Process.GetCurrentProcess().PeakWorkingSet64 + trainingBytes + shardBytes) >> 20,
        };
        if (json)
            Messages.Json(estimate);
        else
            Messages.Table(Describe());
        return Task.FromResult(CommandLine.Done);

        Table Describe()
        {
            var table = new Table().Border(TableBorder.Rounded).AddColumns("", "").HideHeaders();
            table.AddRow("Run", estimate.RunId);
            table.AddRow("Samples", $"{estimate.count} = {estimate.clean} clean + {adversarial} adversarial + {corrupted} corrupted");
            table.AddRow("Kinds", chosenByScores ? "chosen by the surrogates" : string.Join(", ", estimate.kinds.Select(kind => $"{kind.Key} {kind.Value}")));
            table.AddRow("Training surrogates", Time(estimate.surrogateSeconds) + " (none where the model store has them)");
            if (chosenByScores)
                table.AddRow("Scoring", Time(estimate.selectionSeconds));
            table.AddRow("Attacking", Time(estimate.attackSeconds));
            table.AddRow("Corrupting", Time(estimate.corruptionSeconds));
            if (request.Score is not null)
                table.AddRow("Training scored networks", Time(estimate.scoreSeconds));
            table.AddRow("Memory", $"about {estimate.memoryMegabytes} MB");
            return table;
        }
    }

    private static Dictionary<string, int> KindCounts(EnhancementPlan plan) => plan.Kinds
        .Select((kind, number) => (kind, samples: Enumerable.Range(0, plan.Count).Count(i => plan.RoleOf(i) == SampleRole.Corrupted && plan.KindOf(i) == number)))
        .ToDictionary(pair => pair.kind, pair => pair.samples);

    /// <summary>One epoch over a few images for each network, scaled to all epochs over all images.</summary>
    private static double TrainingSeconds(
        TorchAdversary adversary, IEnumerable<SurrogateOptions> networks, Images.ImageSet images, int classes, int count, CancellationToken cancellationToken)
    {
        var seconds = 0.0;
        foreach (var options in networks)
        {
            var training = new TrainingRequest(options.Architectures[0], images, classes, 0, options with { Epochs = 1, MinimumSteps = 0 });
            adversary.Train(training, Stream.Null, progress: null, cancellationToken);
            var start = Stopwatch.GetTimestamp();
            adversary.Train(training, Stream.Null, progress: null, cancellationToken);
            seconds += Stopwatch.GetElapsedTime(start).TotalSeconds * options.EpochsFor(count) * count / images.Count;
        }

        return seconds;
    }

    /// <summary>A few iterations on one batch, scaled to all iterations of all batches.</summary>
    private static double AttackSeconds(TorchAdversary adversary, EnhancementJob job, Images.ImageSet images, int classes, int count, CancellationToken cancellationToken)
    {
        var request = job.Request;
        using var ensemble = LoadEnsemble(adversary, job, images, classes, cancellationToken);
        var size = Math.Min(request.Attack.BatchSize, images.Count);
        var batch = new AttackBatch(
            new Images.ImageSet(images.Shape, images.Pixels[..(size * images.Shape.ByteLength)], images.Labels[..size], images.SourceIds[..size]),
            [.. Enumerable.Range(0, size).Select(i => (ulong)i)],
            request.Seed);
        var options = request.Attack with { Iterations = ProbeIterations };
        ensemble.Attack(batch, options, progress: null, cancellationToken);
        var start = Stopwatch.GetTimestamp();
        ensemble.Attack(batch, options, progress: null, cancellationToken);
        return Stopwatch.GetElapsedTime(start).TotalSeconds / options.TotalIterations * request.Attack.TotalIterations * count / size;
    }

    /// <summary>What it takes to classify each image as it is and by every kind that is tried, and to corrupt it so often.</summary>
    private static double SelectionSeconds(TorchAdversary adversary, EnhancementJob job, Images.ImageSet images, int classes, int count, CancellationToken cancellationToken)
    {
        var trials = job.Request.Split.Corrupted == 0 ? 0 : new KindCandidates(job.Request.Corruptions.CreateMix(), job.Request.Seed).Count;
        using var ensemble = LoadEnsemble(adversary, job, images, classes, cancellationToken);
        ensemble.LogitsOfEach(images.Pixels);
        var start = Stopwatch.GetTimestamp();
        ensemble.LogitsOfEach(images.Pixels);
        var classification = Stopwatch.GetElapsedTime(start).TotalSeconds * count / images.Count;
        return ((1 + trials) * classification) + CorruptionSeconds(job.Request, images, trials * count);
    }

    /// <summary>Networks that are brought or hardly trained.</summary>
    private static IEnsemble LoadEnsemble(TorchAdversary adversary, EnhancementJob job, Images.ImageSet images, int classes, CancellationToken cancellationToken)
    {
        var request = job.Request;
        var models = job.SurrogateFiles?.Select(file => (Stream)new MemoryStream(File.ReadAllBytes(file)))
            ?? request.Surrogates.Architectures.Select(HardlyTrained);
        return adversary.Load([.. models], images.Shape, classes);

        Stream HardlyTrained(string architecture)
        {
            var model = new MemoryStream();
            adversary.Train(new TrainingRequest(architecture, images, classes, request.Seed, request.Surrogates with { Epochs = 1, MinimumSteps = 0 }), model, progress: null, cancellationToken);
            model.Position = 0;
            return model;
        }
    }

    private static double CorruptionSeconds(EnhancementRequest request, Images.ImageSet images, int count)
    {
        var mix = request.Corruptions.CreateMix();
        var scratch = new CorruptionScratch();
        var output = new byte[images.Shape.ByteLength];
        Corrupt();
        var start = Stopwatch.GetTimestamp();
        Corrupt();
        return Stopwatch.GetElapsedTime(start).TotalSeconds * count / images.Count;

        void Corrupt()
        {
            for (var i = 0; i < images.Count; i++)
                Corrupter.Apply(request.Seed, (ulong)i, mix.Pick(request.Seed, (ulong)i), images.Image(i), output, images.Shape, scratch);
        }
    }

    private static string Time(double seconds) => seconds < 1
        ? "under a second"
        : string.Create(CultureInfo.InvariantCulture, $"about {TimeSpan.FromSeconds(Math.Ceiling(seconds)):h\\:mm\\:ss}");
}
