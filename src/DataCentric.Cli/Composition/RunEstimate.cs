using System.Diagnostics;
using DataCentric.Images;
using DataCentric.Imaging.Corruptions;
using DataCentric.Imaging.Corruptions.Primitives;
using DataCentric.Imaging.Formats;
using DataCentric.Pipeline.Selection;

namespace DataCentric.Cli.Composition;

/// <summary>What a run would do, how long it takes and how much memory it needs, from measuring a few images on this machine.</summary>
/// <param name="RunId">Identifier of the run.</param>
/// <param name="Count">Samples.</param>
/// <param name="Clean">Samples that stay clean.</param>
/// <param name="Adversarial">Samples that are attacked.</param>
/// <param name="Corrupted">Samples that are corrupted.</param>
/// <param name="Kinds">Samples of each kind of corruption; empty where the surrogates choose.</param>
/// <param name="SurrogateSeconds">Training surrogates.</param>
/// <param name="SelectionSeconds">Scoring images to select by; 0 where chance selects.</param>
/// <param name="AttackSeconds">Attacking.</param>
/// <param name="CorruptionSeconds">Corrupting.</param>
/// <param name="ScoreSeconds">Training networks to score the set by; 0 where it is not scored.</param>
/// <param name="MemoryMegabytes">Memory of the process.</param>
internal sealed record RunEstimate(
    string RunId,
    int Count,
    int Clean,
    int Adversarial,
    int Corrupted,
    IReadOnlyDictionary<string, int> Kinds,
    double SurrogateSeconds,
    double SelectionSeconds,
    double AttackSeconds,
    double CorruptionSeconds,
    double ScoreSeconds,
    long MemoryMegabytes)
{
    private const int ProbeImages = 128;
    private const int ProbeIterations = 2;

    /// <summary>Measures.</summary>
    /// <param name="job">What is to be done.</param>
    /// <param name="adversary">Trains and attacks.</param>
    /// <param name="workers">Most activities at once.</param>
    /// <param name="cancellationToken">Stops the measuring.</param>
    public static RunEstimate Of(EnhancementJob job, IAdversary adversary, int workers, CancellationToken cancellationToken)
    {
        var request = job.Request;
        using var reader = ImageSource.Open(job.Dataset!.Path);
        var info = reader.Info;
        var count = Math.Min(request.Limit ?? info.Count, info.Count);
        var keys = Planner.Select(request.Seed, info.Count, request.Limit).Select(index => (ulong)index).ToArray();
        var plan = Planner.Plan(request.Seed, request.Split, request.Corruptions, keys);
        var images = reader.ReadSelected(Enumerable.Range(0, Math.Min(ProbeImages, info.Count)), "");
        var (adversarial, corrupted) = (plan.CountOf(SampleRole.Adversarial), plan.CountOf(SampleRole.Corrupted));

        var (chosenByScores, asked) = (request.Selection != SelectionRule.Random, request.AsksSurrogates);
        var classes = info.Classes.Count;
        var trained = request.Surrogates.ImagesOf(count, info.Shape, info.HasSoftLabels ? classes : 0);
        var training = (adversarial == 0 && !asked) || job.SurrogateFiles is not null
            ? 0
            : TimeTraining(adversary, SurrogatesOf(adversary, job), images, classes, trained, cancellationToken);
        var scored = request.Score is { } score
            ? 2 * score.Seeds.Count * TimeTraining(adversary, score.Architectures.Select(name => (score.OptionsFor(name), (byte[]?)null)), images, classes, count, cancellationToken)
            : 0;
        var attack = adversarial == 0 ? 0 : TimeAttack(adversary, job, images, classes, adversarial, cancellationToken);
        var corruption = TimeCorruption(request, images, corrupted);
        var selection = asked ? TimeSelection(adversary, job, images, classes, count, cancellationToken) : 0;
        var parallel = Math.Min(workers, Environment.ProcessorCount);
        var trainingBytes = training == 0 ? 0L : (long)trained * info.Shape.ByteLength * Math.Min(workers, request.EnsembleSize);
        var shardBytes = 4L * workers * request.ShardSize * info.Shape.ByteLength;
        return new RunEstimate(
            request.RunId,
            count,
            plan.CountOf(SampleRole.Clean),
            adversarial,
            corrupted,
            chosenByScores ? new Dictionary<string, int>() : KindCounts(plan),
            training / parallel,
            selection / parallel,
            attack / parallel,
            corruption / parallel,
            scored / parallel,
            (Process.GetCurrentProcess().PeakWorkingSet64 + trainingBytes + shardBytes) >> 20);
    }

    private static Dictionary<string, int> KindCounts(EnhancementPlan plan) => plan.Kinds
        .Select((kind, number) => (kind, samples: Enumerable.Range(0, plan.Count).Count(i => plan.RoleOf(i) == SampleRole.Corrupted && plan.KindOf(i) == number)))
        .ToDictionary(pair => pair.kind, pair => pair.samples);

    /// <summary>One epoch over a few images for each network, scaled to all epochs over all images.</summary>
    private static double TimeTraining(
        IAdversary adversary, IEnumerable<(SurrogateOptions Options, byte[]? Initial)> networks, ImageSet images, int classes, int count, CancellationToken cancellationToken)
    {
        var seconds = 0.0;
        foreach (var (options, initial) in networks)
        {
            var training = new TrainingRequest(options.Architectures[0], images, classes, 0, options with { Epochs = 1, MinimumSteps = 0 }) { Initial = initial };
            adversary.Train(training, Stream.Null, progress: null, cancellationToken);
            var start = Stopwatch.GetTimestamp();
            adversary.Train(training, Stream.Null, progress: null, cancellationToken);
            seconds += Stopwatch.GetElapsedTime(start).TotalSeconds * options.EpochsFor(count) * count / images.Count;
        }

        return seconds;
    }

    /// <summary>A few iterations on one batch, scaled to all iterations of all batches.</summary>
    private static double TimeAttack(IAdversary adversary, EnhancementJob job, ImageSet images, int classes, int count, CancellationToken cancellationToken)
    {
        var request = job.Request;
        using var ensemble = LoadEnsemble(adversary, job, images, classes, cancellationToken);
        var size = Math.Min(request.Attack.BatchSize, images.Count);
        var batch = new AttackBatch(
            new ImageSet(images.Shape, images.Pixels[..(size * images.Shape.ByteLength)], images.Labels[..size], images.SourceIds[..size]),
            [.. Enumerable.Range(0, size).Select(i => (ulong)i)],
            request.Seed);
        var options = request.Attack with { Iterations = ProbeIterations };
        ensemble.Attack(batch, options, progress: null, cancellationToken);
        var start = Stopwatch.GetTimestamp();
        ensemble.Attack(batch, options, progress: null, cancellationToken);
        return Stopwatch.GetElapsedTime(start).TotalSeconds / options.TotalIterations * request.Attack.TotalIterations * count / size;
    }

    /// <summary>What it takes to classify each image as it is and by every kind that is tried, and to corrupt it so often.</summary>
    private static double TimeSelection(IAdversary adversary, EnhancementJob job, ImageSet images, int classes, int count, CancellationToken cancellationToken)
    {
        var trials = job.Request is { Selection: SelectionRule.Random } or { Split.Corrupted: 0 } ? 0 : new KindCandidates(job.Request.Corruptions.CreateMix(), job.Request.Seed).Count;
        using var ensemble = LoadEnsemble(adversary, job, images, classes, cancellationToken);
        ensemble.LogitsOfEach(images.Pixels);
        var start = Stopwatch.GetTimestamp();
        ensemble.LogitsOfEach(images.Pixels);
        var classification = Stopwatch.GetElapsedTime(start).TotalSeconds * count / images.Count;
        return ((1 + trials) * classification) + TimeCorruption(job.Request, images, trials * count);
    }

    /// <summary>How each surrogate is trained, and the model file that its training begins with, if any.</summary>
    private static IEnumerable<(SurrogateOptions Options, byte[]? Initial)> SurrogatesOf(IAdversary adversary, EnhancementJob job) => job.InitialFiles is { } files
        ? files.Select(File.ReadAllBytes).Select(model => (job.Request.Surrogates with { Architectures = [adversary.Inspect(new MemoryStream(model), "The initial model").Architecture] }, (byte[]?)model))
        : job.Request.Surrogates.Architectures.Select(name => (job.Request.Surrogates with { Architectures = [name] }, (byte[]?)null));

    /// <summary>Networks that are imported or hardly trained.</summary>
    private static IEnsemble LoadEnsemble(IAdversary adversary, EnhancementJob job, ImageSet images, int classes, CancellationToken cancellationToken)
    {
        var request = job.Request;
        var models = job.SurrogateFiles?.Select(file => (Stream)new MemoryStream(File.ReadAllBytes(file)))
            ?? SurrogatesOf(adversary, job).Select(network => HardlyTrained(network.Options, network.Initial));
        return adversary.Load([.. models], images.Shape, classes);

        Stream HardlyTrained(SurrogateOptions options, byte[]? initial)
        {
            var model = new MemoryStream();
            var training = new TrainingRequest(options.Architectures[0], images, classes, request.Seed, options with { Epochs = 1, MinimumSteps = 0 }) { Initial = initial };
            adversary.Train(training, model, progress: null, cancellationToken);
            model.Position = 0;
            return model;
        }
    }

    private static double TimeCorruption(EnhancementRequest request, ImageSet images, int count)
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
}
