using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using DataCentric.Images;

namespace DataCentric.Attacks;

/// <summary>How a network is trained by empirical risk minimisation: surrogates on the raw set, and the networks that are scored.</summary>
public sealed record SurrogateOptions
{
    /// <summary>Architectures of the ensemble, by registry name, in ensemble order.</summary>
    [MinLength(1)]
    public IReadOnlyList<string> Architectures { get; init; } = [];

    /// <summary>Passes over the training set. Default 12. Who chooses them wants no more, even on a small set.</summary>
    [Range(1, 10_000)]
    [Option("Passes over the data.", Default = "{0}, or more on a small set", Clears = nameof(MinimumSteps))]
    public int Epochs { get; init; } = 12;

    /// <summary>A small set is passed over more often, until there were at least this many optimiser steps. Default 0: never.</summary>
    [Range(0, 1_000_000)]
    public int MinimumSteps { get; init; }

    /// <summary>Images in one optimiser step, at least two for batch norm. Default 64.</summary>
    [Range(2, 4096)]
    [Option("Images in one step, at least 2.", Name = "batch")]
    public int BatchSize { get; init; } = 64;

    /// <summary>Peak learning rate of SGD. Default 0.1.</summary>
    [Range(0.000001, 10)]
    [Option("Peak learning rate.")]
    public double LearningRate { get; init; } = 0.1;

    /// <summary>How the learning rate goes over the training. Default warm-up, then a cosine.</summary>
    [Option("How the learning rate goes.")]
    public TrainingSchedule Schedule { get; init; } = TrainingSchedule.WarmUpCosine;

    /// <summary>Momentum of SGD. Default 0.9.</summary>
    [Range(0, 0.9999)]
    [Option("Momentum of SGD.", Name = "sgd-momentum")]
    public double Momentum { get; init; } = 0.9;

    /// <summary>Whether the momentum is Nesterov's. Default true.</summary>
    [Option("Nesterov's momentum: true or false.")]
    public bool Nesterov { get; init; } = true;

    /// <summary>l2 penalty on weights. Default 5e-4.</summary>
    [Range(0.0, 1.0)]
    [Option("l2 penalty on weights.")]
    public double WeightDecay { get; init; } = 5e-4;

    /// <summary>Whether scales and shifts of batch norm and biases decay, too, as a plain PyTorch optimiser has it. Default false.</summary>
    [Option("Whether scales, shifts and biases decay, too: true or false.")]
    public bool DecayAll { get; init; }

    /// <summary>Random crop with this much zero padding. Default 4.</summary>
    [Range(0, 64)]
    [Option("Random crop with so much zero padding; 0 for none.", Name = "crop")]
    public int CropPadding { get; init; } = 4;

    /// <summary>Mirror images at random. Default true.</summary>
    [Option("Mirror images at random: true or false.")]
    public bool Flip { get; init; } = true;

    /// <summary>
    /// Number format of maps and convolutions; weights, their gradients' sums, batch norm's statistics and the loss stay float32. Default
    /// float32, which repeats on more kinds of processor.
    /// </summary>
    [Option("Number format of maps and convolutions while training; auto takes bfloat16 where the processor is faster with it.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public TrainingPrecision TrainingPrecision { get; init; }

    /// <summary>Train on at most this many images, drawn at random, so that time stays bounded. Default 50,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxTrainingImages { get; init; } = 50_000;

    /// <summary>Size of the training set: at most <see cref="MaxTrainingImages"/>, and so many labels as fit into memory at once (2 GiB).</summary>
    /// <param name="available">Images that there are.</param>
    /// <param name="softClasses">Classes that labels are probabilities of; 0 where labels are plain indexes.</param>
    public int ImagesOf(int available, int softClasses) => Math.Min(Math.Min(available, MaxTrainingImages), ImageSet.MostLabels(softClasses));

    /// <summary>
    /// Optimiser steps in one pass: batches have <see cref="BatchSize"/> images or a little more, so that each image is seen once and
    /// no batch is too small for batch norm.
    /// </summary>
    /// <param name="imageCount">Size of the training set, at least 1.</param>
    public int StepsPerEpoch(int imageCount) => Math.Max(1, imageCount / BatchSize);

    /// <summary>Passes over a training set: <see cref="Epochs"/>, or more where <see cref="MinimumSteps"/> asks for it.</summary>
    /// <param name="imageCount">Size of the training set, at least 1.</param>
    public int EpochsFor(int imageCount)
    {
        var steps = StepsPerEpoch(imageCount);
        return Math.Max(Epochs, (MinimumSteps + steps - 1) / steps);
    }
}

/// <summary>How the learning rate goes over a training.</summary>
public enum TrainingSchedule
{
    /// <summary>Rises over the first fifth of all steps, then falls along half a cosine to zero, step by step. Good for few epochs.</summary>
    WarmUpCosine,

    /// <summary>Falls along half a cosine, epoch by epoch, from the first (the competition; PyTorch's CosineAnnealingLR, T_max = epochs).</summary>
    EpochCosine,
}

/// <summary>The number format in which a network computes its maps while it is trained (mixed precision, Micikevicius et al. 2018).</summary>
public enum TrainingPrecision
{
    /// <summary>24 bits of precision.</summary>
#pragma warning disable CA1720 // the format's own name
    Float32,
#pragma warning restore CA1720

    /// <summary>bfloat16 where processor and network are faster with it, float32 elsewhere.</summary>
    Auto,

    /// <summary>8 bits of precision, the range of float32, so the loss needs no scaling.</summary>
    Bfloat16,
}
