using System.Diagnostics;
using DataCentric.Cli.Commands;
using DataCentric.Cli.Terminal;

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
        var word = typed[(typed.LastIndexOf(' ') + 1)..];
        var ask = $"COMP_LINE='{typed}'; COMP_POINT={typed.Length}; COMP_WORDS=(x '{word}'); COMP_CWORD=1; _datacentric_complete; printf '%s\\n' \"${{COMPREPLY[@]}}\"";

        var words = await AskAsync("bash", "", ask);

        words.ShouldContain(expected);
        words.ShouldAllBe(found => found.StartsWith(word, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ver", "verify")]
    [InlineData("enhance --profile ", "paper")]
    [InlineData("enhance --dataset nothing-of-mi", "FILES")]
    public async Task Zsh_completes_words_by_the_script_and_files_where_the_tool_knows_none(string typed, string expected)
    {
        const string Stubs = "compdef() { :; }; compadd() { shift; print -rl -- \"$@\"; }; _files() { print FILES; }";
        var words = typed.Split(' ');
        var ask = $"words=(datacentric {string.Join(' ', words.Select(word => $"'{word}'"))}); CURRENT={words.Length + 1}; _datacentric_complete";

        (await AskAsync("zsh", Stubs, ask)).ShouldContain(expected);
    }

    [Theory]
    [InlineData("datacentric ver", "verify")]
    [InlineData("datacentric enhance --profile ", "paper")]
    [InlineData("cd /; datacentric enhance --data-v", "--data-version")]
    [InlineData("datacentric enhance --dataset /et", "/etc/")]
    public async Task Fish_completes_words_by_the_script_and_files_where_the_tool_knows_none(string typed, string expected) =>
        (await AskAsync("fish", "", $"complete -C \"{typed}\"")).Select(line => line.Split('\t')[0]).ShouldContain(expected);

    /// <summary>What a shell prints that read the tool's script; skips the test where there is no such shell.</summary>
    private static async Task<string[]> AskAsync(string shell, string before, string ask)
    {
        if (new[] { $"/bin/{shell}", $"/usr/bin/{shell}" }.FirstOrDefault(File.Exists) is not { } program)
        {
            Assert.Skip($"There is no {shell} here.");
            return [];
        }

        var script = await Tool.RunAsync("completion", shell);
        script.ExitCode.ShouldBe(0);
        using var process = Process.Start(new ProcessStartInfo(program, ["-c", $"{before}\n{script.Output}\n{ask}"]) { RedirectStandardOutput = true })!;
        var words = (await process.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync();
        return words;
    }

    [Fact]
    public async Task A_shell_that_is_not_known_is_refused() => (await Tool.RunAsync("completion", "tcsh")).ExitCode.ShouldBe(ExitCode.BadInput);
}
