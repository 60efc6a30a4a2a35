using System.CommandLine;
using System.CommandLine.Completions;
using DataCentric.Cli.Commands;

namespace DataCentric.Cli.Tests;

/// <summary>What holds of every option and argument of every verb, made from the tree of the commands: a new one is tried without a word here.</summary>
public sealed class CommandTreeTests
{
    /// <summary>Verb and name.</summary>
    public static TheoryData<string, string> Values => [.. Texts().Select(text => (text.Verb, text.Symbol.Name))];

    /// <summary>Those that name networks.</summary>
    public static TheoryData<string, string> Networks =>
        [.. Texts().Where(text => NetworkNames.Switches.Contains(text.Symbol.Name)).Select(text => (text.Verb, text.Symbol.Name))];

    [Theory]
    [MemberData(nameof(Values))]
    public void An_empty_value_is_refused_before_anything_is_done(string verb, string name)
    {
        foreach (var empty in new[] { "", " ", "\t" })
        {
            var root = CommandLine.Create();
            string[] line = name.StartsWith('-') ? [.. Needed(verb, name), name, empty] : [verb, .. Before(root, verb, name), empty];

            root.Parse(line).Errors.Select(error => error.Message)
                .ShouldContain(message => message.StartsWith($"{name}: the value is empty", StringComparison.Ordinal) || message.Contains($"{name}: '", StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_network_that_there_is_not_is_told_before_anything_is_done(string verb, string option)
    {
        CommandLine.Create().Parse([.. Needed(verb, option), option, "lenet"]).Errors.Select(error => error.Message)
            .ShouldContain(message => message.Contains("no architecture lenet", StringComparison.Ordinal) && message.Contains("resnet20", StringComparison.Ordinal));
        CommandLine.Create().Parse([.. Needed(verb, option), option, "resnet20"]).Errors.ShouldNotContain(error => error.Message.Contains("architecture", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_option_that_says_that_it_names_networks_is_checked() => Texts()
        .Where(text => text.Symbol.Description!.Contains("etworks to ", StringComparison.Ordinal) || text.Symbol.Description.Contains("etworks of the ensemble,", StringComparison.Ordinal))
        .ShouldAllBe(text => NetworkNames.Switches.Contains(text.Symbol.Name));

    /// <summary>The verb, and what it says first that it lacks where it is not given.</summary>
    private static IEnumerable<string> Needed(string verb, string tried) => verb != "enhance" ? [verb] :
        new[] { "--dataset", "--out", "--score" }.Where(option => option != tried).SelectMany(option => new[] { option, "x" }).Prepend(verb);

    /// <summary>A word for each argument that comes before one.</summary>
    private static IEnumerable<string> Before(RootCommand root, string verb, string name) => root.Subcommands.Single(command => command.Name == verb).Arguments
        .TakeWhile(argument => argument.Name != name).Select(argument => argument.GetCompletions(CompletionContext.Empty).FirstOrDefault()?.Label ?? "x");

    private static IEnumerable<(string Verb, Symbol Symbol)> Texts() =>
        from verb in CommandLine.Create().Subcommands
        from symbol in verb.Options.Where(option => option.Arity.MaximumNumberOfValues > 0 && option.ValueType != typeof(bool)).Concat<Symbol>(verb.Arguments)
        select (verb.Name, symbol);
}
