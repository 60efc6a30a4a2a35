using System.Diagnostics;
using DataCentric.Cli.Commands;
using DataCentric.Cli.Terminal;
using DataCentric.Pipeline.Model;

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
        examples.ShouldAllBe(example => $"{example.Line} ".StartsWith($"datacentric {verb} ", StringComparison.Ordinal));
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
    [InlineData("enhance", "Make the enhanced set")]
    [InlineData("", "Turns an image-classification data set")]
    public async Task Help_of_a_verb_is_what_the_verb_says_itself(string verb, string start)
    {
        var asked = await Tool.RunAsync([.. new[] { "help", verb }.Where(word => word.Length > 0)]);
        var said = await Tool.RunAsync([.. new[] { verb, "--help" }.Where(word => word.Length > 0)]);

        asked.ExitCode.ShouldBe(0, asked.Error);
        asked.Output.ShouldBe(said.Output);
        asked.Output.ShouldContain(start);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Every_option_that_may_be_left_out_says_what_is_taken_then(string verb) => CommandLine.Create().Subcommands.Single(command => command.Name == verb).Options
        .Where(option => option.Arity.MaximumNumberOfValues > 0 && option.ValueType != typeof(bool) && !option.Required && (verb, option.Name) != ("enhance", "--dataset"))
        .ShouldAllBe(option => option.Description!.Contains("[default: ", StringComparison.Ordinal));

    [Fact]
    public void Options_that_a_profile_decides_tell_the_defaults_of_the_one_that_is_taken_without_a_word()
    {
        var options = CommandLine.Create().Subcommands.Single(command => command.Name == "enhance").Options;

        Of("--iterations").ShouldEndWith("[default: 16; other profiles have their own]");
        Of("--architectures").ShouldEndWith("[default: resnet9_16; other profiles have their own]");
        Of("--ensemble-weights").ShouldEndWith("[default: all alike; other profiles have their own]");
        Of("--selection").ShouldContain("[default: random; entropy for kanra]");
        Of("--surrogate-epochs").ShouldContain($"[default: {EnhancementProfiles.Recommended.Attack.Surrogates.Epochs}, ");

        string Of(string name) => options.Single(option => option.Name == name).Description!;
    }

    [Theory]
    [InlineData("datacentric ver", "verify")]
    [InlineData("datacentric enhance --profile ", "paper")]
    [InlineData("datacentric enhance --data-v", "--data-version")]
    [InlineData("datacentric enhance --smoothing ", "before-momentum")]
    [InlineData("datacentric corrupt --set cifar --kinds fog,sn", "fog,snow")]
    [InlineData("datacentric enhance --corruptions paper14,augmentations --kinds aug", "augmix")]
    [InlineData("datacentric enhance --kinds rain,aug", "rain,augmix")]
    [InlineData("datacentric score --arch vgg_compact,wrn_c", "vgg_compact,wrn_compact")]
    [InlineData("datacentric convert A --formats folder,par", "folder,parquet")]
    [InlineData("datacentric fetch fash", "fashion-mnist")]
    [InlineData("datacentric help insp", "inspect")]
    [InlineData("datacentric train --device ", "cuda")]
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
