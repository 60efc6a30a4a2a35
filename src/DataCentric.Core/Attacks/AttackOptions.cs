using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace DataCentric.Attacks;

/// <summary>How past gradients enter the step (attack.md, eq. 1; Dong et al. 2018).</summary>
public enum MomentumNormalization
{
    /// <summary>g = mu g + grad (the paper's code).</summary>
    None,

    /// <summary>g = mu g + grad / ‖grad‖1, per sample (the paper).</summary>
    L1,

    /// <summary>g = mu g + grad / mean|grad|, per sample.</summary>
    MeanAbsolute,
}

/// <summary>Where the gradient is smoothed (attack.md, eq. 2; Dong et al. 2019).</summary>
public enum SmoothingOrder
{
    /// <summary>The gradient is smoothed before it enters the momentum (the paper's code).</summary>
    BeforeMomentum,

    /// <summary>The momentum is smoothed before the step (the paper, eq. 6).</summary>
    AfterMomentum,

    /// <summary>No smoothing.</summary>
    Off,
}

/// <summary>Who draws the input diversity of one iteration (attack.md, eq. 3; Xie et al. 2019).</summary>
public enum DiversityDraw
{
    /// <summary>One draw for each surrogate (the paper's code).</summary>
    PerSurrogate,

    /// <summary>One draw shared by all surrogates (the paper).</summary>
    Shared,

    /// <summary>No input diversity.</summary>
    Off,
}

/// <summary>How input diversity varies what a surrogate sees.</summary>
public enum DiversityKind
{
    /// <summary>Resized and zero-padded (attack.md, eq. 3; Xie et al. 2019).</summary>
    ResizePad,

    /// <summary>Cut into two by two blocks, which are rotated and change places (BSR; Wang et al. 2024).</summary>
    BlockShuffle,
}

/// <summary>Where the perturbation starts.</summary>
public enum AttackStart
{
    /// <summary>At zero (the paper's code).</summary>
    Zero,

    /// <summary>Uniformly in the ball (the paper).</summary>
    Random,
}

/// <summary>How long steps are.</summary>
public enum StepRule
{
    /// <summary>All as long as the options say; the last point is the result.</summary>
    Fixed,

    /// <summary>
    /// Two radii at first, halved for each sample where they no longer pay; the best point is the result (Auto-PGD; Croce and Hein 2020, arXiv
    /// 2003.01690). The options for the length of steps have no effect.
    /// </summary>
    Apgd,
}

/// <summary>How the float result becomes bytes.</summary>
public enum Quantization
{
    /// <summary>Round to nearest, then project again on integers. What is stored is what was attacked.</summary>
    Round,

    /// <summary>Cut off the fraction, as the paper's code does; biased by half a level downwards.</summary>
    Truncate,
}

/// <summary>The number format in which surrogates compute the gradients of the attack. Logits that are reported are always float32.</summary>
public enum GradientPrecision
{
    /// <summary>For each surrogate the faster one: bfloat16 where the processor multiplies it faster, float32 elsewhere.</summary>
    Auto,

    /// <summary>24 bits of precision.</summary>
#pragma warning disable CA1720 // the format's own name
    Float32,
#pragma warning restore CA1720

    /// <summary>8 bits of precision, the range of float32. Slow on processors without instructions for it.</summary>
    Bfloat16,
}

/// <summary>
/// Every switch of the transferable ensemble attack. Sources: Zhong et al. 2022 (arXiv 2203.05323) eq. 0-6 and its published code.
/// Perturbations are measured on pixels in [0, 1].
/// </summary>
public sealed record AttackOptions
{
    /// <summary>Iterations of each of the two perturbations. Default 300 (paper).</summary>
    [Range(1, 10_000)]
    [Option("Iterations of each of the two perturbations.")]
    public int Iterations { get; init; } = 300;

    /// <summary>What is ascended. Default logit (paper).</summary>
    [Option("What the attack ascends.")]
    public AttackLoss Loss { get; init; } = AttackLoss.Logit;

    /// <summary>Radius of the l-infinity part, in 1/255 levels. 0 leaves the part out. Default 8 (paper).</summary>
    [Range(0, 255)]
    [Option("Radius of the l-infinity part in levels of 0..255; 0 leaves it out.")]
    public int LinfEpsilon { get; init; } = 8;

    /// <summary>Step of the l-infinity part, in 1/255 levels. Default 2 (paper).</summary>
    [Range(0.001, 255)]
    [Option("Step of the l-infinity part in levels.")]
    public double LinfStep { get; init; } = 2;

    /// <summary>Radius of the l2 part on pixels in [0, 1]. 0 leaves the part out. Default 1 (paper).</summary>
    [Range(0.0, 1000.0)]
    [Option("Radius of the l2 part on pixels in [0, 1]; 0 leaves it out.")]
    public double L2Epsilon { get; init; } = 1;

    /// <summary>Step of the l2 part on pixels in [0, 1]. Default 0.025 (paper).</summary>
    [Range(0.00001, 1000)]
    [Option("Step of the l2 part on pixels in [0, 1].")]
    public double L2Step { get; init; } = 0.025;

    /// <summary>Decay of the momentum, mu. Default 1 (paper).</summary>
    [Range(0.0, 10.0)]
    [Option("Decay of the momentum.")]
    public double Momentum { get; init; } = 1;

    /// <summary>How a gradient is scaled before it enters the momentum. Default l1 (paper).</summary>
    [Option("How a gradient is scaled before it enters the momentum.")]
    public MomentumNormalization MomentumNormalization { get; init; } = MomentumNormalization.L1;

    /// <summary>Where the gradient is smoothed. Default after the momentum (paper).</summary>
    [Option("Where the gradient is smoothed.")]
    public SmoothingOrder Smoothing { get; init; } = SmoothingOrder.AfterMomentum;

    /// <summary>Who draws the input diversity. Default per surrogate (the paper's code; the paper's eq. 6 read literally is a size error).</summary>
    [Option("Who draws the input diversity.")]
    public DiversityDraw Diversity { get; init; } = DiversityDraw.PerSurrogate;

    /// <summary>Probability that an iteration varies its input, p. Default 0.7 (paper).</summary>
    [Range(0.0, 1.0)]
    [Option("Probability of varying the input.")]
    public double DiversityProbability { get; init; } = 0.7;

    /// <summary>How the input is varied. Default resized and padded (paper).</summary>
    [Option("How the input is varied.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public DiversityKind DiversityKind { get; init; }

    /// <summary>Varied copies of the input whose gradients one iteration averages; each costs a pass. Null is one (paper).</summary>
    [Range(1, 1000)]
    [Option("Varied copies of the input that an iteration averages over.", Default = "1")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? DiversityCopies { get; init; }

    /// <summary>Where the perturbations start. Default zero (the paper's code), which needs no draws and lost nothing in the paper's ablation.</summary>
    [Option("Where the perturbation starts.")]
    public AttackStart Start { get; init; } = AttackStart.Zero;

    /// <summary>How long steps are. Default fixed (paper).</summary>
    [Option("How long steps are: as said, or two radii and less where that pays (Auto-PGD).")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public StepRule StepRule { get; init; }

    /// <summary>How floats become bytes. Default round.</summary>
    [Option("How floats become bytes.")]
    public Quantization Quantization { get; init; } = Quantization.Round;

    /// <summary>Weights of the surrogates' logits in ensemble order (eq. 5), summing to 1; null means equal. Default null (paper).</summary>
    [Option("Weights of the surrogates' logits, separated by commas, summing to 1.", Default = "all alike")]
    public IReadOnlyList<double>? EnsembleWeights { get; init; }

    /// <summary>
    /// Number format of the gradients. Default auto: attacked bytes are floating-point work and repeat only on one kind of processor
    /// in any format, so the faster format costs no repeatability, and what was chosen follows from the recorded device.
    /// </summary>
    [Option("Number format of the surrogates' gradients; auto takes the faster one for processor and network.")]
    public GradientPrecision Precision { get; init; } = GradientPrecision.Auto;

    /// <summary>Images attacked together. Part of the plan: results are equal for equal batches. Default 32.</summary>
    [Range(1, 4096)]
    [Option("Images attacked together.", Name = "attack-batch")]
    public int BatchSize { get; init; } = 32;

    /// <summary>Why <see cref="Loss"/> cannot be computed for so many classes; null where it can.</summary>
    /// <param name="classCount">Number of classes, K.</param>
    public string? LossProblem(int classCount) =>
        Loss == AttackLoss.Dlr && classCount < 3 ? $"loss: dlr compares the three largest logits; with {classCount} classes take logit or cross-entropy." : null;

    /// <summary>Iterations of both parts together; a part that is off has none.</summary>
    [JsonIgnore]
    public int TotalIterations => Iterations * ((LinfEpsilon > 0 ? 1 : 0) + (L2Epsilon > 0 ? 1 : 0));
}

/// <summary>What an attack ascends, for z_f the logits of surrogate f, w_f its weight and y the label.</summary>
public enum AttackLoss
{
    /// <summary>J = -z_y of z = sum_f w_f z_f (the paper, eq. 4; Zhao et al. 2021): its gradient does not fade where the attack has won.</summary>
    Logit,

    /// <summary>J = sum_f w_f CE(z_f, y), the usual loss of FGSM and PGD (Goodfellow et al. 2015; Madry et al. 2018).</summary>
    CrossEntropy,

    /// <summary>
    /// J = z_t of z = sum_f w_f z_f, t another class, drawn for each sample (Zhao et al. 2021, eq. 4): features of any class but the own one
    /// are added, so that the change tells nothing of the label.
    /// </summary>
    TargetLogit,

    /// <summary>
    /// J = -sum_f w_f (z_y - max of z_i, i other than y) / (z_(1) - z_(3)) with z = z_f and z_(k) its k-th largest, the difference of logits ratio
    /// (Croce and Hein 2020, arXiv 2003.01690, eq. 6): no scale of the logits changes it. Needs 3 classes.
    /// </summary>
    Dlr,
}
