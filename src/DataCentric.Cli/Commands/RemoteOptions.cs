using System.CommandLine.Parsing;
using DataCentric.Cli.Composition;

namespace DataCentric.Cli.Commands;

/// <summary>Options of <c>enhance</c> for a run of an Azure Functions app.</summary>
internal sealed class RemoteOptions
{
    public Option<string?> App { get; } = new("--on")
    {
        Description = $"Run on the Azure Functions app of this address and follow the run; data set, test sets and models are names there. Its function key comes from the environment ({RemoteRuns.KeyVariable}). [default: none: this machine]",
        HelpName = "URL",
    };

    public Option<string?> Account { get; } = new("--account")
    {
        Description = "With --on: the storage account of the app, as upload has it. A data set of this machine is uploaded there unless it is there already, and --out gets the result. [default: none: nothing is sent or fetched]",
        HelpName = "ACCOUNT",
    };

    /// <summary>Says which options contradict each other.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="output">Where the result goes.</param>
    /// <param name="local">Options that say how this machine works.</param>
    public void Validate(CommandResult result, Option output, IEnumerable<Option> local)
    {
        // An error here keeps the options' own validators from being asked, which say that a value is empty.
        if (new[] { App, Account }.Any(option => result.GetResult(option)?.Tokens is [var word] && string.IsNullOrWhiteSpace(word.Value)))
            return;
        if (!result.IsGiven(App) && result.IsGiven(Account))
            result.AddError($"{Account.Name} needs {App.Name}, which names the app.");
        if (!result.IsGiven(App))
            return;
        if (result.IsGiven(output) && !result.IsGiven(Account))
            result.AddError($"{output.Name} needs {Account.Name} with {App.Name}: the result is fetched from that storage account.");
        foreach (var option in local.Where(result.IsGiven))
            result.AddError($"{option.Name} cannot be given with {App.Name}: it says how this machine works.");
    }
}
