using System.CommandLine;
using System.Globalization;
using DataCentric.Attacks;
using DataCentric.Pipeline.Model;

namespace DataCentric.Cli.Commands;

/// <summary>Single switches of the attack that take precedence over the profile.</summary>
internal sealed class AttackOverrides
{
    private readonly Option<int?> _iterations = CommonOptions.Positive("--iterations", "Iterations of each of the two perturbations.");
    private readonly Option<AttackLoss?> _loss = CommonOptions.Choice<AttackLoss>("--loss", "What the attack ascends.");
    private readonly Option<int?> _linfEpsilon = CommonOptions.Number<int>("--linf-epsilon", "Radius of the l-infinity part in levels of 0..255; 0 leaves it out.");
    private readonly Option<double?> _linfStep = CommonOptions.Number<double>("--linf-step", "Step of the l-infinity part in levels.");
    private readonly Option<double?> _l2Epsilon = CommonOptions.Number<double>("--l2-epsilon", "Radius of the l2 part on pixels in [0, 1]; 0 leaves it out.");
    private readonly Option<double?> _l2Step = CommonOptions.Number<double>("--l2-step", "Step of the l2 part on pixels in [0, 1].");
    private readonly Option<double?> _momentum = CommonOptions.Number<double>("--momentum", "Decay of the momentum.");
    private readonly Option<MomentumNormalization?> _normalization =
        CommonOptions.Choice<MomentumNormalization>("--momentum-normalization", "How a gradient is scaled before it enters the momentum.");

    private readonly Option<SmoothingOrder?> _smoothing = CommonOptions.Choice<SmoothingOrder>("--smoothing", "Where the gradient is smoothed.");
    private readonly Option<DiversityDraw?> _diversity = CommonOptions.Choice<DiversityDraw>("--diversity", "Who draws the input diversity.");
    private readonly Option<double?> _diversityProbability = CommonOptions.Number<double>("--diversity-probability", "Probability of resizing and padding.");
    private readonly Option<AttackStart?> _start = CommonOptions.Choice<AttackStart>("--start", "Where the perturbation starts.");
    private readonly Option<Quantization?> _quantization = CommonOptions.Choice<Quantization>("--quantization", "How floats become bytes.");
    private readonly Option<GradientPrecision?> _precision = CommonOptions.Choice<GradientPrecision>(
        "--precision", "Number format of the surrogates' gradients; auto takes the faster one for processor and network.");

    private readonly Option<string> _weights =
        new("--ensemble-weights") { Description = "Weights of the surrogates' logits, separated by commas, summing to 1.", HelpName = "LIST" };

    private readonly Option<int?> _batchSize = CommonOptions.Positive("--attack-batch", "Images attacked together.");
    private readonly Option<string> _architectures =
        new("--architectures") { Description = "Networks of the ensemble, separated by commas.", HelpName = "LIST" };

    private readonly Option<int?> _epochs = CommonOptions.Positive("--surrogate-epochs", "Epochs each surrogate is trained for.");

    public IEnumerable<Option> All =>
    [
        _iterations, _loss, _linfEpsilon, _linfStep, _l2Epsilon, _l2Step, _momentum, _normalization, _smoothing, _diversity,
        _diversityProbability, _start, _quantization, _precision, _weights, _batchSize, _architectures, _epochs,
    ];

    /// <summary>Options of the training of surrogates.</summary>
    public IEnumerable<Option> Training => [_architectures, _epochs];

    public EnhancementChoices Apply(ParseResult parsed, EnhancementChoices choices) => choices with
    {
        Iterations = parsed.GetValue(_iterations),
        Loss = parsed.GetValue(_loss),
        LinfEpsilon = parsed.GetValue(_linfEpsilon),
        LinfStep = parsed.GetValue(_linfStep),
        L2Epsilon = parsed.GetValue(_l2Epsilon),
        L2Step = parsed.GetValue(_l2Step),
        Momentum = parsed.GetValue(_momentum),
        MomentumNormalization = parsed.GetValue(_normalization),
        Smoothing = parsed.GetValue(_smoothing),
        Diversity = parsed.GetValue(_diversity),
        DiversityProbability = parsed.GetValue(_diversityProbability),
        Start = parsed.GetValue(_start),
        Quantization = parsed.GetValue(_quantization),
        Precision = parsed.GetValue(_precision),
        EnsembleWeights = CommonOptions.Words(parsed.GetValue(_weights))?.Select(Weight).ToArray(),
        AttackBatch = parsed.GetValue(_batchSize),
        Architectures = CommonOptions.Words(parsed.GetValue(_architectures)),
        SurrogateEpochs = parsed.GetValue(_epochs),
    };

    private static double Weight(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var weight)
            ? weight
            : throw new InputException($"--ensemble-weights: '{text}' is not a number.");
}
