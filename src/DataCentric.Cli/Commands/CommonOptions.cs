using System.CommandLine.Parsing;
using DataCentric.Adversarial.Isolation;
using DataCentric.Adversarial.Runtime;
using DataCentric.Cli.Composition;

namespace DataCentric.Cli.Commands;

/// <summary>Options that several verbs share.</summary>
internal static class CommonOptions
{
    public const string QuietName = "--quiet", DatasetName = "--dataset";

    /// <summary>An option of all verbs.</summary>
    public static Option<bool> Quiet() =>
        new(QuietName, "-q") { Description = "No progress and no hints: warnings and errors alone go to stderr, and to stdout what was asked for.", Recursive = true };

    /// <summary>Whether an option was typed, rather than has its default.</summary>
    public static bool IsGiven(this SymbolResult result, Option option) => result.GetResult(option) is { Implicit: false };

    public static Option<string> Dataset(string description, bool required = true) =>
        new(DatasetName, "-d") { Description = description, Required = required, HelpName = "PATH" };

    public static Option<string> Out(string description) => new("--out", "-o") { Description = description, Required = true, HelpName = "DIR" };

    public static Option<string> ModelOut() =>
        new("--out", "-o") { Description = "Model file (safetensors) to write.", Required = true, HelpName = "MODEL" };

    /// <summary>The name of a network.</summary>
    /// <param name="otherwise">Where it comes from if it is not given; null where it must be.</param>
    public static Option<string> Architecture(string? otherwise = null) =>
        new("--arch") { Description = $"The network; a wrong name lists all.{Default(otherwise)}", Required = otherwise is null, HelpName = "NAME" };

    /// <summary>How the help says what is taken where an option is not given; empty where it must be.</summary>
    public static string Default(string? otherwise) => otherwise is null ? "" : $" [default: {otherwise}]";

    public static Option<ulong> Seed() => new("--seed") { Description = EnhancementChoices.OptionOf("seed").Help, HelpName = "N" };

    public static Option<int?> Limit() => Positive("--limit", EnhancementChoices.OptionOf("limit").Help);

    public static Option<int?> Workers() =>
        Positive("--workers", "Work done at the same time; does not change the result. [default: one for each processor]");

    public static Option<MemorySize?> Memory() => new("--memory")
    {
        Description = "Working memory, such as 4GB or 800MiB: as many workers as fit into it, at least one; does not change the result. [default: what is free]",
        HelpName = "SIZE",
        CustomParser = result =>
        {
            try
            {
                return MemorySize.Parse(result.Tokens[0].Value);
            }
            catch (InputException wrong)
            {
                result.AddError($"--memory: {wrong.Message}");
                return null;
            }
        },
    };

    public static Option<DeviceChoice> Device() => Completions.Of(
        new Option<DeviceChoice>("--device")
        {
            Description = "Where to compute: auto, cpu or cuda; cuda needs a build with -p:TorchDevice=cuda. [default: auto]",
            HelpName = "NAME",
        },
        OptionText.WordsOf(typeof(DeviceChoice)));

    public static Option<bool> Overwrite() =>
        new("--overwrite") { Description = "Give up what lies under the names of the output and is not of this command." };

    public static Option<bool> Json() => new("--json") { Description = "Print one JSON object instead of text." };

    /// <summary>A whole number of at least 1.</summary>
    public static Option<int?> Positive(string name, string description)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var value) && value < 1)
                result.AddError($"{name} must be at least 1.");
        });
        return option;
    }

    /// <summary>One or more values after the name.</summary>
    public static Option<string[]> Several(string name, string description, string value) =>
        new(name) { Description = description, HelpName = value, AllowMultipleArgumentsPerToken = true };

    /// <summary>What computes on a device; says so where it is not the one that was asked for.</summary>
    public static IsolatedAdversary Adversary(DeviceChoice device)
    {
        var adversary = ComputeProgram.Adversary(device);
        if (adversary.Shortfall is { } shortfall)
            Messages.Hint(shortfall);
        return adversary;
    }
}
