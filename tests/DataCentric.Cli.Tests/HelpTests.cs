using System.Diagnostics;
using DataCentric.Cli.Commands;

namespace DataCentric.Cli.Tests;

public sealed class HelpTests
{
    public static TheoryData<string> Verbs => [.. CommandLine.Create().Subcommands.Select(command => command.Name)];

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Every_verb_has_examples_and_each_can_be_typed_as_it_stands(string verb)
    {
        var examples = Examples.Of(verb);

        examples.ShouldNotBeEmpty();
        examples.ShouldAllBe(example => example.Line.StartsWith($"datacentric {verb} ", StringComparison.Ordinal));
        foreach (var example in examples)
            CommandLine.Create().Parse(example.Line["datacentric ".Length..]).Errors.Select(error => error.Message).ShouldBeEmpty(example.Line);
    }

    [Fact]
    public async Task Help_ends_with_examples()
    {
        var help = await Tool.RunAsync("verify", "--help");

        help.ExitCode.ShouldBe(0);
        help.Output.ShouldContain("Examples:");
        help.Output.ShouldContain("datacentric verify out");
    }

    [Theory]
    [InlineData("datacentric ver", "verify")]
    [InlineData("datacentric enhance --profile ", "paper")]
    [InlineData("datacentric enhance --data-v", "--data-version")]
    [InlineData("datacentric enhance --smoothing ", "before-momentum")]
    public async Task Bash_completes_verbs_options_and_words_by_the_script_that_the_tool_prints(string typed, string expected)
    {
        if (!File.Exists("/bin/bash"))
            Assert.Skip("There is no bash here.");
        var script = await Tool.RunAsync("completion", "bash");
        script.ExitCode.ShouldBe(0);
        var word = typed[(typed.LastIndexOf(' ') + 1)..];
        var ask = $"{script.Output}\nCOMP_LINE='{typed}'; COMP_POINT={typed.Length}; COMP_WORDS=(x '{word}'); COMP_CWORD=1; _datacentric_complete; printf '%s\\n' \"${{COMPREPLY[@]}}\"";

        using var bash = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", ask]) { RedirectStandardOutput = true })!;
        var words = (await bash.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await bash.WaitForExitAsync();

        words.ShouldContain(expected);
        words.ShouldAllBe(found => found.StartsWith(word, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_shell_that_is_not_known_is_refused() => (await Tool.RunAsync("completion", "tcsh")).ExitCode.ShouldBe(CommandLine.BadInput);
}
