using DataCentric.Cli.Commands;

namespace DataCentric.Cli.Tests;

/// <summary>What was mistyped is said with what was probably meant, and once.</summary>
public sealed class MistypedTests
{
    [Theory]
    [InlineData("enhanse --dataset x --out y", "There is no verb 'enhanse'. Did you mean enhance?")]
    [InlineData("test-set", "There is no verb 'test-set'. Did you mean testset?")]
    [InlineData("", "A verb is needed: enhance, corrupt, train, testset, score, convert, import, export, verify, report, inspect, fetch, upload, runs, doctor, completion, help.")]
    [InlineData("dance", "There is no verb 'dance'.")]
    [InlineData("--versoin", "There is no option --versoin. Did you mean --version?")]
    [InlineData("help enhacne", "There is no verb 'enhacne'. Did you mean enhance?")]
    [InlineData("enhance --dataset x --out y --limti 5", "enhance has no option --limti. Did you mean --limit?")]
    [InlineData("enhance --dataset x --out y --sede=5", "enhance has no option --sede. Did you mean --seed?")]
    [InlineData("enhance --dataset x --out y --epochs 5", "enhance has no option --epochs. Did you mean --score-epochs or --surrogate-epochs?")]
    [InlineData("enhance --dataset x --out y --quite", "enhance has no option --quite. Did you mean --quiet?")]
    [InlineData("enhance --dataset x --out y --cheese", "enhance has no option --cheese.")]
    [InlineData("enhance --dataset x --surrogate-models a b --hled-out c --out y", "enhance has no option --hled-out. Did you mean --held-out?")]
    [InlineData("verify --jsn out", "verify has no option --jsn. Did you mean --json?")]
    [InlineData("enhance --dataset x --out y 7", "'7' belongs to no option of enhance.")]
    [InlineData("convert x --formats --overwrite", "convert has no option --overwrite.")]
    public void It_is_said_with_what_was_meant(string line, string expected) =>
        Mistyped.Problems(CommandLine.Create().Parse(line)).ShouldContain(expected);

    [Fact]
    public void A_verb_that_there_is_not_is_all_that_is_said() =>
        Mistyped.Problems(CommandLine.Create().Parse("enhanse --dataset x --out y")).Count().ShouldBe(1);

    [Fact]
    public void A_data_set_without_its_option_is_recognised()
    {
        using var folder = new TemporaryFolder();

        Mistyped.Problems(CommandLine.Create().Parse(["enhance", "--out", "y", folder.Path])).ShouldContain($"'{folder.Path}' belongs to no option of enhance. Did you mean --dataset {folder.Path}?");
    }

    [Theory]
    [InlineData("enhance photos --out y", "enhance --dataset photos --out y")]
    [InlineData("--quiet corrupt photos", "--quiet corrupt --dataset photos")]
    [InlineData("enhance --out y photos", "enhance --out y photos")]
    [InlineData("enhance -d photos", "enhance -d photos")]
    [InlineData("verify out", "verify out")]
    [InlineData("enhance", "enhance")]
    [InlineData("", "")]
    public void A_data_set_needs_no_option_right_after_the_verb(string typed, string meant) =>
        string.Join(' ', BareDataset.Named(CommandLine.Create(), typed.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ShouldBe(meant);

    [Theory]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("limti", "limit", 1)]
    [InlineData("", "ab", 2)]
    [InlineData("seed", "seed", 0)]
    public void Distances_are_those_of_optimal_string_alignment(string left, string right, int expected) => Mistyped.Distance(left, right).ShouldBe(expected);
}
