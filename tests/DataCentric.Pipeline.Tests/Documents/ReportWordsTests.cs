using DataCentric.Pipeline.Documents.Report;
using DataCentric.Pipeline.Model;

namespace DataCentric.Pipeline.Tests.Documents;

/// <summary>What the report says is so for the run that it is about, and nobody's folders are told.</summary>
public sealed class ReportWordsTests
{
    [Theory]
    [InlineData(SelectionRule.Random, "drawn at random")]
    [InlineData(SelectionRule.Entropy, "how unsure the surrogates together are")]
    [InlineData(SelectionRule.Disagreement, "contradict each other")]
    public void It_tells_what_chose(SelectionRule selection, string said)
    {
        var page = PageOf(request => request with { Selection = selection });

        page.ShouldContain(said);
        page.Contains("drawn at random", StringComparison.Ordinal).ShouldBe(selection == SelectionRule.Random);
    }

    [Theory]
    [InlineData(SelectionBalance.None, "Classes are met as that has it.")]
    [InlineData(SelectionBalance.Classes, "Each class is ranked by itself and has its share of the three.")]
    public void It_tells_whether_classes_have_their_shares(SelectionBalance balance, string said) =>
        PageOf(request => request with { Selection = SelectionRule.Entropy, SelectionBalance = balance }).ShouldContain(said);

    [Fact]
    public void The_folder_of_the_source_is_not_told()
    {
        var page = PageOf(request => request with { Dataset = "/home/somebody/private/animals" });

        page.ShouldNotContain("/home");
        page.ShouldNotContain("private");
        page.ShouldContain("--dataset animals ");
        page.ShouldContain("animals stands for where the data set lies.");
    }

    [Fact]
    public void Model_files_that_the_command_needs_are_named()
    {
        var page = PageOf(request => request with { SurrogateModels = [ImportedModel.NameOf(SomeRun.Hash)] });

        page.ShouldContain($"--surrogate-models brought-{SomeRun.Hash}.safetensors");
        page.ShouldContain($"Lay the model files that the run was given beside it: brought-{SomeRun.Hash}.safetensors.");
    }

    private static string PageOf(Func<EnhancementRequest, EnhancementRequest> change) => ReportPage.Render(
        SomeReport.Content with { Run = SomeReport.Content.Run with { Request = change(SomeRun.Record.Request) } });
}
