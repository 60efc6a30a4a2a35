using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using DataCentric.Attacks;
using DataCentric.Pipeline.Requests;

namespace DataCentric.Cli.Commands;

/// <summary>Single switches of the attack that take precedence over the profile.</summary>
internal sealed class AttackOverrides
{
    private readonly Option<int?> _iterations = CommonOptions.Positive("--iterations", "Iterations of each of the two perturbations.");
    private readonly Option<int?> _linfEpsilon = Number<int>("--linf-epsilon", "Radius of the l-infinity part in levels of 0..255; 0 leaves it out.");
    private readonly Option<double?> _linfStep = Number<double>("--linf-step", "Step of the l-infinity part in levels.");
    private readonly Option<double?> _l2Epsilon = Number<double>("--l2-epsilon", "Radius of the l2 part on pixels in [0, 1]; 0 leaves it out.");
    private readonly Option<double?> _l2Step = Number<double>("--l2-step", "Step of the l2 part on pixels in [0, 1].");
    private readonly Option<double?> _momentum = Number<double>("--momentum", "Decay of the momentum.");
    private readonly Option<MomentumNormalization?> _normalization =
        Choice<MomentumNormalization>("--momentum-normalization", "How a gradient is scaled before it enters the momentum.");

    private readonly Option<SmoothingOrder?> _smoothing = Choice<SmoothingOrder>("--smoothing", "Where the gradient is smoothed.");
    private readonly Option<DiversityDraw?> _diversity = Choice<DiversityDraw>("--diversity", "Who draws the input diversity.");
    private readonly Option<double?> _diversityProbability = Number<double>("--diversity-probability", "Probability of resizing and padding.");
    private readonly Option<AttackStart?> _start = Choice<AttackStart>("--start", "Where the perturbation starts.");
    private readonly Option<Quantization?> _quantization = Choice<Quantization>("--quantization", "How floats become bytes.");
    private readonly Option<GradientPrecision?> _precision = Choice<GradientPrecision>(
        "--precision", "Number format of the surrogates' gradients; auto takes the faster one for processor and network.");

    private readonly Option<string> _weights =
        new("--ensemble-weights") { Description = "Weights of the surrogates' logits, separated by commas, summing to 1.", HelpName = "LIST" };

    private readonly Option<int?> _batchSize = CommonOptions.Positive("--attack-batch", "Images attacked together.");
    private readonly Option<string> _architectures =
        new("--architectures") { Description = "Networks of the ensemble, separated by commas.", HelpName = "LIST" };

    private readonly Option<int?> _epochs = CommonOptions.Positive("--surrogate-epochs", "Epochs each surrogate is trained for.");

    public IEnumerable<Option> All =>
    [
        _iterations, _linfEpsilon, _linfStep, _l2Epsilon, _l2Step, _momentum, _normalization, _smoothing, _diversity,
        _diversityProbability, _start, _quantization, _precision, _weights, _batchSize, _architectures, _epochs,
    ];

    /// <summary>Options of the training of surrogates.</summary>
    public IEnumerable<Option> Training => [_architectures, _epochs];

    public EnhancementChoices Apply(ParseResult parsed, EnhancementChoices choices) => choices with
    {
        Iterations = parsed.GetValue(_iterations),
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

    private static Option<T?> Number<T>(string name, string description)
        where T : struct => new(name) { Description = description, HelpName = "X" };

    /// <summary>An option whose values are the words of an enumeration, in kebab case.</summary>
    private static Option<T?> Choice<T>(string name, string description)
        where T : struct, Enum
    {
        var words = Enum.GetValues<T>().ToDictionary(value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()));
        return new Option<T?>(name)
        {
            Description = $"{description} One of {string.Join(", ", words.Keys)}.",
            HelpName = "WORD",
            CustomParser = result =>
            {
                if (words.TryGetValue(result.Tokens[0].Value, out var value))
                    return value;
                result.AddError($"{name}: '{result.Tokens[0].Value}' is none of {string.Join(", ", words.Keys)}.");
                return null;
            },
        };
    }
}
