using DataCentric.Images;

namespace DataCentric.Attacks;

/// <summary>Trains surrogates and attacks with them. The port behind which torch lives.</summary>
public interface IAdversary
{
    /// <summary>What computes: library versions, device and threads, recorded with every result.</summary>
    string Device { get; }

    /// <summary>Names of the architectures that can be trained.</summary>
    IReadOnlyCollection<string> Architectures { get; }

    /// <summary>Trains one network on a set and writes it as a model file (safetensors with metadata).</summary>
    /// <param name="request">What to train and on what.</param>
    /// <param name="model">Receives the file; nothing is written unless training ended well.</param>
    /// <param name="progress">Told after each epoch.</param>
    /// <param name="cancellationToken">Stops within one step.</param>
    /// <returns>How training ended.</returns>
    /// <exception cref="InputException">Unknown architecture, a set the architecture cannot take, or an initial model that does not fit.</exception>
    TrainingResult Train(TrainingRequest request, Stream model, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken);

    /// <summary>Reads a model file as a whole, checks it and tells what it holds.</summary>
    /// <param name="model">The model file.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <exception cref="InputException">It is not a model file, or it is broken.</exception>
    ModelContent Inspect(Stream model, string source);

    /// <summary>Loads frozen surrogates from model files.</summary>
    /// <param name="models">Seekable streams of the model files, in ensemble order; the caller disposes them.</param>
    /// <param name="shape">Shape of the images to attack.</param>
    /// <param name="classCount">Classes of the data set.</param>
    /// <returns>The ensemble; safe for use by one thread at a time.</returns>
    /// <exception cref="InputException">A file is not a model file, or its class count or input size differs.</exception>
    IEnsemble Load(IReadOnlyList<Stream> models, ImageShape shape, int classCount);
}

/// <summary>What to train and on what.</summary>
/// <param name="Architecture">Registry name of the network.</param>
/// <param name="Images">Training set; an <see cref="ImageFile"/> stays the caller's.</param>
/// <param name="ClassCount">Number of classes.</param>
/// <param name="Seed">Keys weights, order and augmentation.</param>
/// <param name="Options">Optimiser and schedule.</param>
public sealed record TrainingRequest(string Architecture, ILabelledImages Images, int ClassCount, ulong Seed, SurrogateOptions Options)
{
    /// <summary>Keeps the state after each epoch but the last; a state of this same request is gone on from. Default null: none is kept.</summary>
    public ITrainingCheckpoint? Checkpoint { get; init; }

    /// <summary>
    /// Model file of the same architecture, for any classes and images: training begins with its weights, but for the last layer, and keeps
    /// its mean and deviation. Default null: it begins with an untrained network.
    /// </summary>
    public byte[]? Initial { get; init; }
}

/// <summary>State of a training after an epoch.</summary>
/// <param name="Architecture">Registry name of the network.</param>
/// <param name="Epoch">Epochs done.</param>
/// <param name="Epochs">Epochs asked for.</param>
/// <param name="Loss">Mean KL divergence over the epoch; the cross-entropy where labels are class indexes.</param>
/// <param name="Accuracy">Share of augmented training images classified right during the epoch, 0 to 1.</param>
public sealed record TrainingProgress(string Architecture, int Epoch, int Epochs, double Loss, double Accuracy);

/// <summary>How a training ended.</summary>
/// <param name="Parameters">Trainable parameters of the network.</param>
/// <param name="Loss">Mean KL divergence over the last epoch.</param>
/// <param name="Accuracy">Share of augmented training images classified right during the last epoch, 0 to 1.</param>
public sealed record TrainingResult(long Parameters, double Loss, double Accuracy);

/// <summary>What a model file holds.</summary>
/// <param name="Architecture">Registry name of the network.</param>
/// <param name="ClassCount">Number of classes.</param>
/// <param name="Shape">Shape of the images it was trained on.</param>
/// <param name="Mean">Mean of red, green and blue on pixels in [0, 1]; the network sees (pixel - mean) / deviation.</param>
/// <param name="Deviation">Standard deviation of red, green and blue on pixels in [0, 1].</param>
/// <param name="Parameters">Trainable parameters.</param>
public sealed record ModelContent(
    string Architecture, int ClassCount, ImageShape Shape, IReadOnlyList<float> Mean, IReadOnlyList<float> Deviation, long Parameters);

/// <summary>Frozen surrogates, ready to attack. Not thread-safe: one for each worker.</summary>
public interface IEnsemble : IDisposable
{
    /// <summary>Attacks one canonical batch.</summary>
    /// <param name="batch">Clean images, labels and keys.</param>
    /// <param name="options">Switches of the attack.</param>
    /// <param name="progress">Told the number of iterations done, of 2 x iterations when both parts are on.</param>
    /// <param name="cancellationToken">Stops within one iteration.</param>
    /// <returns>Attacked images and what is known of each.</returns>
    AttackResult Attack(AttackBatch batch, AttackOptions options, IProgress<int>? progress, CancellationToken cancellationToken);

    /// <summary>Classifies images by the mean logits.</summary>
    /// <param name="pixels">N x H x W x 3 bytes.</param>
    /// <returns>N x K logits, row-major.</returns>
    float[] Logits(ReadOnlySpan<byte> pixels);

    /// <summary>Classifies images by each surrogate on its own.</summary>
    /// <param name="pixels">N x H x W x 3 bytes.</param>
    /// <returns>For each surrogate, in ensemble order, N x K logits, row-major.</returns>
    IReadOnlyList<float[]> LogitsOfEach(ReadOnlySpan<byte> pixels);
}

/// <summary>Images that are attacked together.</summary>
/// <param name="Images">Clean images with their labels.</param>
/// <param name="SampleKeys">Number of each sample in its source, the key of its random start.</param>
/// <param name="RunSeed">Seed of the run.</param>
public sealed record AttackBatch(ImageSet Images, IReadOnlyList<ulong> SampleKeys, ulong RunSeed);

/// <summary>Result of one batch.</summary>
/// <param name="Pixels">N x H x W x 3 bytes, within the budget on integers.</param>
/// <param name="Outcomes">One record a sample.</param>
public sealed record AttackResult(byte[] Pixels, IReadOnlyList<AttackOutcome> Outcomes);

/// <summary>What an attack did to one sample, measured on the stored integers.</summary>
/// <param name="TrueLogitBefore">Ensemble logit of the true class on the clean image.</param>
/// <param name="TrueLogitAfter">Ensemble logit of the true class on the attacked image.</param>
/// <param name="PredictionBefore">Class with the largest ensemble logit on the clean image.</param>
/// <param name="PredictionAfter">Class with the largest ensemble logit on the attacked image.</param>
public sealed record AttackOutcome(float TrueLogitBefore, float TrueLogitAfter, int PredictionBefore, int PredictionAfter);

/// <summary>Where a training keeps its state from epoch to epoch, so that a stopped one goes on instead of beginning again.</summary>
public interface ITrainingCheckpoint
{
    /// <summary>Opens the state that was kept last.</summary>
    /// <returns>The state, which the caller disposes; null where there is none.</returns>
    Stream? OpenRead();

    /// <summary>Keeps a state in place of the one before, whole or not at all.</summary>
    /// <param name="write">Writes the bytes.</param>
    void Write(Action<Stream> write);
}
