namespace DataCentric.Cli.Commands;

/// <summary>How networks are trained: a preset, and single switches that take precedence over it.</summary>
internal sealed class TrainingSwitches
{
    private readonly Switches _preset = Switches.Of<PresetChoice>();
    private readonly Switches _training = Switches.Of<SurrogateOptions>();

    public IEnumerable<Option> All => [.. _preset.All, .. _training.All];

    /// <summary>The options for one network.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="architecture">The network.</param>
    /// <param name="isFineTuned">Whether training begins with a trained network: then <see cref="TrainingPresets.FineTuning"/> is the default.</param>
    /// <exception cref="InputException">There is no such preset, or a value is out of range.</exception>
    public SurrogateOptions Read(ParseResult parsed, string architecture, bool isFineTuned)
    {
        var preset = TrainingPresets.Get(_preset.Apply(parsed, new PresetChoice()).Preset, architecture);
        if (isFineTuned && _preset.All.All(option => parsed.GetResult(option) is null))
            preset = TrainingPresets.FineTuning(preset);
        return OptionsCheck.Validated(_training.Apply(parsed, preset with { Architectures = [architecture] }));
    }
}
