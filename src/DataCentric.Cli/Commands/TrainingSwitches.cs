using System.CommandLine;
using DataCentric.Attacks;

namespace DataCentric.Cli.Commands;

/// <summary>How networks are trained: a preset, and single switches that take precedence over it.</summary>
internal sealed class TrainingSwitches
{
    private static readonly SurrogateOptions Quick = TrainingPresets.Quick;

    private readonly Option<string> _preset = new("--preset")
    {
        Description = $"How training is set: {string.Join(", ", TrainingPresets.Names)}. [default: {TrainingPresets.QuickName}]",
        HelpName = "NAME",
    };

    private readonly Option<int?> _epochs = CommonOptions.Positive("--epochs", $"Passes over the data. [default: {Quick.Epochs}, or more on a small set]");
    private readonly Option<int?> _batch = CommonOptions.Positive("--batch", $"Images in one step, at least 2. [default: {Quick.BatchSize}]");
    private readonly Option<double?> _rate = CommonOptions.Number<double>("--learning-rate", $"Peak learning rate. [default: {Quick.LearningRate}]");
    private readonly Option<TrainingSchedule?> _schedule = CommonOptions.Choice<TrainingSchedule>("--schedule", "How the learning rate goes.");
    private readonly Option<double?> _momentum = CommonOptions.Number<double>("--sgd-momentum", $"Momentum of SGD. [default: {Quick.Momentum}]");
    private readonly Option<bool?> _nesterov = Switch("--nesterov", "Nesterov's momentum: true or false. [default: true]");
    private readonly Option<double?> _decay = CommonOptions.Number<double>("--weight-decay", $"l2 penalty on weights. [default: {Quick.WeightDecay}]");
    private readonly Option<bool?> _decayAll = Switch("--decay-all", "Whether scales, shifts and biases decay, too: true or false. [default: false]");
    private readonly Option<int?> _crop = CommonOptions.Number<int>("--crop", $"Random crop with so much zero padding; 0 for none. [default: {Quick.CropPadding}]");
    private readonly Option<bool?> _flip = Switch("--flip", "Mirror images at random: true or false. [default: true]");

    public IEnumerable<Option> All => [_preset, _epochs, _batch, _rate, _schedule, _momentum, _nesterov, _decay, _decayAll, _crop, _flip];

    /// <summary>The options for one network.</summary>
    /// <exception cref="InputException">There is no such preset, or a value is out of range.</exception>
    public SurrogateOptions Read(ParseResult parsed, string architecture)
    {
        var preset = TrainingPresets.Get(parsed.GetValue(_preset) ?? TrainingPresets.QuickName, architecture);
        var epochs = parsed.GetValue(_epochs);
        return OptionsCheck.Validated(preset with
        {
            Architectures = [architecture],
            Epochs = epochs ?? preset.Epochs,
            MinimumSteps = epochs is null ? preset.MinimumSteps : 0,
            BatchSize = parsed.GetValue(_batch) ?? preset.BatchSize,
            LearningRate = parsed.GetValue(_rate) ?? preset.LearningRate,
            Schedule = parsed.GetValue(_schedule) ?? preset.Schedule,
            Momentum = parsed.GetValue(_momentum) ?? preset.Momentum,
            Nesterov = parsed.GetValue(_nesterov) ?? preset.Nesterov,
            WeightDecay = parsed.GetValue(_decay) ?? preset.WeightDecay,
            DecayAll = parsed.GetValue(_decayAll) ?? preset.DecayAll,
            CropPadding = parsed.GetValue(_crop) ?? preset.CropPadding,
            Flip = parsed.GetValue(_flip) ?? preset.Flip,
        });
    }

    private static Option<bool?> Switch(string name, string description) => new(name) { Description = description, HelpName = "BOOL" };
}
