namespace DataCentric.Cli.Commands;

/// <summary>How networks are trained: a preset, and single switches that take precedence over it.</summary>
internal sealed class TrainingSwitches
{
    private readonly Switches _preset = Switches.Of<PresetChoice>();
    private readonly Switches _training = Switches.Of<SurrogateOptions>();

    public IEnumerable<Option> All => [.. _preset.All, .. _training.All];

    /// <summary>The options for one network.</summary>
    /// <exception cref="InputException">There is no such preset, or a value is out of range.</exception>
    public SurrogateOptions Read(ParseResult parsed, string architecture)
    {
        var preset = TrainingPresets.Get(_preset.Apply(parsed, new PresetChoice()).Preset, architecture);
        return OptionsCheck.Validated(_training.Apply(parsed, preset with { Architectures = [architecture] }));
    }
}
