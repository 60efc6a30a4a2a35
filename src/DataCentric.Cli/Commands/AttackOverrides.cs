using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using DataCentric.Attacks;

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
    private readonly Option<string> _weights =
        new("--ensemble-weights") { Description = "Weights of the surrogates' logits, separated by commas, summing to 1.", HelpName = "LIST" };

    private readonly Option<int?> _batchSize = CommonOptions.Positive("--attack-batch", "Images attacked together.");
    private readonly Option<string> _architectures =
        new("--architectures") { Description = "Networks of the ensemble, separated by commas.", HelpName = "LIST" };

    private readonly Option<int?> _epochs = CommonOptions.Positive("--surrogate-epochs", "Epochs each surrogate is trained for.");

    public IEnumerable<Option> All =>
    [
        _iterations, _linfEpsilon, _linfStep, _l2Epsilon, _l2Step, _momentum, _normalization, _smoothing, _diversity,
        _diversityProbability, _start, _quantization, _weights, _batchSize, _architectures, _epochs,
    ];

    /// <summary>Options of the training of surrogates.</summary>
    public IEnumerable<Option> Training => [_architectures, _epochs];

    public AttackOptions Apply(ParseResult parsed, AttackOptions profile) => profile with
    {
        Iterations = parsed.GetValue(_iterations) ?? profile.Iterations,
        LinfEpsilon = parsed.GetValue(_linfEpsilon) ?? profile.LinfEpsilon,
        LinfStep = parsed.GetValue(_linfStep) ?? profile.LinfStep,
        L2Epsilon = parsed.GetValue(_l2Epsilon) ?? profile.L2Epsilon,
        L2Step = parsed.GetValue(_l2Step) ?? profile.L2Step,
        Momentum = parsed.GetValue(_momentum) ?? profile.Momentum,
        MomentumNormalization = parsed.GetValue(_normalization) ?? profile.MomentumNormalization,
        Smoothing = parsed.GetValue(_smoothing) ?? profile.Smoothing,
        Diversity = parsed.GetValue(_diversity) ?? profile.Diversity,
        DiversityProbability = parsed.GetValue(_diversityProbability) ?? profile.DiversityProbability,
        Start = parsed.GetValue(_start) ?? profile.Start,
        Quantization = parsed.GetValue(_quantization) ?? profile.Quantization,
        EnsembleWeights = CommonOptions.Words(parsed.GetValue(_weights))?.Select(Weight).ToArray() ?? profile.EnsembleWeights,
        BatchSize = parsed.GetValue(_batchSize) ?? profile.BatchSize,
    };

    public SurrogateOptions Apply(ParseResult parsed, SurrogateOptions profile) => profile with
    {
        Architectures = CommonOptions.Words(parsed.GetValue(_architectures)) ?? profile.Architectures,
        Epochs = parsed.GetValue(_epochs) ?? profile.Epochs,
        MinimumSteps = parsed.GetValue(_epochs) is null ? profile.MinimumSteps : 0,
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
