using System.Diagnostics;
using DataCentric.Images;
using DataCentric.Imaging.Corruptions;
using DataCentric.Imaging.Corruptions.Primitives;
using DataCentric.Pipeline.Selection;

namespace DataCentric.Cli.Composition;

/// <summary>Times a few images of a job and scales to all. Times are those of one processor's worth of work at a time, in seconds.</summary>
/// <param name="job">What is to be done.</param>
/// <param name="adversary">Trains and attacks.</param>
/// <param name="images">The images, at least one.</param>
/// <param name="classes">Classes of the set.</param>
/// <param name="cancellationToken">Stops the measuring.</param>
internal sealed class RunProbe(EnhancementJob job, IAdversary adversary, ImageSet images, int classes, CancellationToken cancellationToken)
{
    private const int WarmUpImages = 4;
    private const int Iterations = 4;
    private const int Epochs = 3;
    private const int TimedPixels = 64 * 96 * 96;
    private const int FewestTimed = 8;
    private const int FewestCorrupted = 16;

    private static readonly TimeSpan LongestCorruption = TimeSpan.FromSeconds(2);

    private readonly ImageSet _timed = TimedOf(images, classes);
    private readonly Dictionary<string, byte[]> _models = [];
    private (SurrogateOptions Options, byte[]? Initial)[]? _surrogates;

    private EnhancementRequest Request => job.Request;

    /// <summary>A few steps of each surrogate, scaled to all epochs; the networks are kept for the attack.</summary>
    /// <param name="count">Images that they are trained on.</param>
    public double TrainSurrogates(int count) => TrainOthers(Surrogates, count);

    /// <summary>A few steps of each surrogate, for the memory that it takes; the networks are kept for the attack.</summary>
    public void TrainBriefly()
    {
        foreach (var (options, initial) in Surrogates)
            TrainBriefly(options, initial);
    }

    /// <summary>A few iterations on one batch, for the memory that they take: each draws other sizes of maps.</summary>
    public void AttackBriefly()
    {
        using var ensemble = Ensemble();
        ensemble.Attack(Batch(images), Request.Attack with { Iterations = Iterations }, progress: null, cancellationToken);
    }

    /// <summary>A few steps of each network of a score, scaled to all epochs.</summary>
    /// <param name="score">How it is scored.</param>
    /// <param name="count">Images that they are trained on.</param>
    public double TrainScored(ScoringRequest score, int count) => TrainOthers(
        job.ScoreInitFiles is { } files ? BegunWith(files, score.OptionsFor) : score.Architectures.Select(name => (score.OptionsFor(name), (byte[]?)null)), count);

    /// <summary>A few steps of other networks, scaled to all epochs.</summary>
    /// <param name="networks">How each is trained, and the model file that its training begins with, if any.</param>
    /// <param name="count">Images that they are trained on.</param>
    public double TrainOthers(IEnumerable<(SurrogateOptions Options, byte[]? Initial)> networks, int count) => networks.Sum(network =>
    {
        var (start, epoch) = MeasureTraining(network.Options, network.Initial, count);
        return start + (epoch * network.Options.EpochsFor(count));
    });

    /// <summary>How many epochs of all surrogates fit into a time.</summary>
    /// <param name="seconds">The time.</param>
    /// <param name="count">Images that they are trained on.</param>
    public double EpochsWithin(double seconds, int count)
    {
        var measured = Surrogates.Select(network => MeasureTraining(network.Options, network.Initial, count)).ToArray();
        return (seconds - measured.Sum(network => network.Start)) / measured.Sum(network => network.Epoch);
    }

    /// <summary>What a few steps take more than one does, scaled to all images: the start of a training comes once.</summary>
    private (double Start, double Epoch) MeasureTraining(SurrogateOptions options, byte[]? initial, int count)
    {
        Train(options, initial, First(WarmUpImages), Stream.Null, epochs: 1);
        var one = Time(() => Train(options, initial, _timed, Stream.Null, epochs: 1));
        var several = Time(() => TrainBriefly(options, initial));
        var image = Math.Max(several - one, several / (2 * Epochs)) / ((Epochs * images.Count) - _timed.Count);
        return (one, image * count);

        static double Time(Action train)
        {
            var start = Stopwatch.GetTimestamp();
            train();
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
    }

    /// <summary>One iteration and a few on one batch, scaled to all iterations of all batches: what comes once a batch is not counted for each iteration.</summary>
    /// <param name="count">Images that are attacked.</param>
    public double Attack(int count)
    {
        using var ensemble = Ensemble();
        ensemble.Attack(Batch(_timed), Request.Attack with { Iterations = 1 }, progress: null, cancellationToken);
        var attacked = Batch(images);
        var (one, several) = (Time(1), Time(Iterations));
        var iteration = Math.Max(several - one, several / (2 * Iterations)) / (Iterations - 1);
        return (one + (iteration * (Request.Attack.Iterations - 1))) * count / attacked.Images.Count;

        double Time(int iterations)
        {
            var start = Stopwatch.GetTimestamp();
            ensemble.Attack(attacked, Request.Attack with { Iterations = iterations }, progress: null, cancellationToken);
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
    }

    /// <summary>What it takes to classify each image as it is and by every kind that is tried, and to corrupt it so often.</summary>
    /// <param name="count">Images that are scored.</param>
    public double Select(int count)
    {
        var trials = Request is { Selection: SelectionRule.Random } or { Split.Corrupted: 0 } ? 0 : new KindCandidates(Request.Corruptions.CreateMix(), Request.Seed, Request.MostKindCandidates).Count;
        using var ensemble = Ensemble();
        ensemble.LogitsOfEach(images.Pixels);
        var start = Stopwatch.GetTimestamp();
        ensemble.LogitsOfEach(_timed.Pixels);
        var classification = Stopwatch.GetElapsedTime(start).TotalSeconds * count / _timed.Count;
        return ((1 + trials) * classification) + Corrupt(trials * count);
    }

    /// <summary>Every image corrupted once, scaled to all.</summary>
    /// <param name="count">Images that are corrupted.</param>
    public double Corrupt(int count)
    {
        var mix = Request.Corruptions.CreateMix();
        var scratch = new CorruptionScratch();
        var output = new byte[images.Shape.ByteLength];
        for (var i = 0; i < Math.Min(WarmUpImages, images.Count); i++)
            Corrupt(i);
        var (start, done) = (Stopwatch.GetTimestamp(), 0);
        while (done < images.Count && (done < FewestCorrupted || Stopwatch.GetElapsedTime(start) < LongestCorruption))
            Corrupt(done++);
        return Stopwatch.GetElapsedTime(start).TotalSeconds * count / done;

        void Corrupt(int i) => Corrupter.Apply(Request.Seed, (ulong)i, mix.Pick(Request.Seed, (ulong)i), images.Image(i), output, images.Shape, scratch);
    }

    private IReadOnlyList<(SurrogateOptions Options, byte[]? Initial)> Surrogates => _surrogates ??= job.InitialFiles is { } files
        ? [.. BegunWith(files, name => Request.Surrogates with { Architectures = [name] })]
        : [.. Request.Surrogates.Architectures.Select(name => (Request.Surrogates with { Architectures = [name] }, (byte[]?)null))];

    private IEnumerable<(SurrogateOptions Options, byte[]? Initial)> BegunWith(IReadOnlyList<string> files, Func<string, SurrogateOptions> optionsFor) => files
        .Select(File.ReadAllBytes)
        .Select(model => (optionsFor(adversary.Inspect(new MemoryStream(model), "The initial model").Architecture), (byte[]?)model));

    /// <summary>Networks that are imported or hardly trained.</summary>
    private IEnsemble Ensemble()
    {
        var models = job.SurrogateFiles?.Select(File.ReadAllBytes) ?? Surrogates.Select(network => HardlyTrained(network.Options, network.Initial));
        return adversary.Load([.. models.Select(model => new MemoryStream(model))], images.Shape, classes);
    }

    private byte[] HardlyTrained(SurrogateOptions options, byte[]? initial)
    {
        if (!_models.ContainsKey(options.Architectures[0]))
            TrainBriefly(options, initial);
        return _models[options.Architectures[0]];
    }

    /// <summary>After one step libtorch has not yet taken half of what it takes in the long run, after a few it has.</summary>
    private void TrainBriefly(SurrogateOptions options, byte[]? initial)
    {
        var model = new MemoryStream();
        Train(options, initial, images, model, Epochs);
        _models[options.Architectures[0]] = model.ToArray();
    }

    private void Train(SurrogateOptions options, byte[]? initial, ImageSet some, Stream model, int epochs)
    {
        var training = new TrainingRequest(options.Architectures[0], some, classes, Request.Seed, options with { Epochs = epochs, MinimumSteps = 0 }) { Initial = initial };
        adversary.Train(training, model, progress: null, cancellationToken);
    }

    private AttackBatch Batch(ImageSet some)
    {
        var batch = First(Math.Min(Request.Attack.BatchSize, some.Count));
        return new(batch, [.. Enumerable.Range(0, batch.Count).Select(i => (ulong)i)], Request.Seed);
    }

    private ImageSet First(int count) => First(images, count, classes);

    /// <summary>Of large images a few are enough to tell how long one takes.</summary>
    private static ImageSet TimedOf(ImageSet images, int classes) => First(images, Math.Max(FewestTimed, TimedPixels / images.Shape.PixelCount), classes);

    private static ImageSet First(ImageSet images, int count, int classes)
    {
        var some = Math.Min(count, images.Count);
        return new(
            images.Shape, images.Pixels[..(some * images.Shape.ByteLength)], images.Labels[..some], images.SourceIds[..some], images.SoftLabels?[..(some * classes)]);
    }
}
