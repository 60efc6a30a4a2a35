using System.Text.RegularExpressions;
using DataCentric.Attacks;
using DataCentric.Imaging.Formats.Writing;
using DataCentric.Imaging.Reading;
using DataCentric.Pipeline.Evaluation;
using DataCentric.Pipeline.Evaluation.TestSets;
using DataCentric.Pipeline.Model;

namespace DataCentric.Pipeline.Tests.Model;

/// <summary>What the table of options says agrees with the documentation, with run ids, and with itself.</summary>
public sealed partial class OptionTableTests
{
    [Fact]
    public void The_docs_list_all_that_a_start_over_HTTP_takes()
    {
        var text = File.ReadAllText(Doc("azure.md"));
        var list = text[text.IndexOf("`dataset` (a name in the container", StringComparison.Ordinal)..text.IndexOf("Only `dataset` must be", StringComparison.Ordinal)];

        Words(list).Where(word => word != "datasets").ShouldBe(ChoicesJson.Names);
    }

    [Fact]
    public void The_docs_list_all_switches_of_the_attack_and_of_training()
    {
        Switches("attack.md").ShouldBe(
            EnhancementChoices.Options.Where(option => option.Root is "Attack" or "Surrogates" or "SurrogateModels" or "SurrogateInit").Select(option => option.Name), ignoreOrder: true);
        Switches("score.md").ShouldBe(OptionEntry.Of<SurrogateOptions>().Select(option => option.Name), ignoreOrder: true);
    }

    [Fact]
    public void What_does_not_change_the_set_does_not_change_the_run()
    {
        var request = new EnhancementRequest { RunId = "run", Dataset = "set", Selection = SelectionRule.Disagreement }; // by scores: all options say something
        var changed = Samples.Where(sample => !sample.Option.ChangesSet).Aggregate(request, (changed, sample) => sample.Option.With(changed, sample.Value));

        changed.ShouldNotBe(request);
        RequestIdentity.Of(changed).ShouldBe(RequestIdentity.Of(request));
        foreach (var (option, value) in Samples.Where(sample => sample.Option.ChangesSet && sample.Option.Root is not "Dataset"))
            RequestIdentity.Of(option.With(request, value)).ShouldNotBe(RequestIdentity.Of(request), option.Name);
    }

    [Fact]
    public void What_is_chosen_is_found_again_and_nothing_else_is_changed()
    {
        var request = new EnhancementRequest { RunId = "run", Dataset = "set" };

        foreach (var (option, value) in Samples)
        {
            var changed = option.With(request, value);

            option.Differs(changed, request).ShouldBeTrue(option.Name);
            option.Get(changed).ShouldBe(value, option.Name);
            EnhancementChoices.Options.Where(other => other.Record == option.Record && other != option && other.Differs(changed, request))
                .Select(other => other.Name).ShouldBeEmpty($"changed with {option.Name}");
            if (option.Members.Count == 0 && !option.IsSeveral)
                option.Parse([OptionText.Write(value)]).ShouldBe(value, option.Name);
        }
    }

    [Fact]
    public void Each_switch_of_a_verb_is_there_once()
    {
        foreach (var options in new[] { EnhancementChoices.Options, [.. OptionEntry.Of<TestSetOptions>()], [.. OptionEntry.Of<ScoreRequest>(), .. OptionEntry.Of<SurrogateOptions>()] })
            options.SelectMany(option => option.Switches).Select(option => option.Name).ShouldBeUnique();
    }

    /// <summary>A value other than the default for each option of a request.</summary>
    private static IEnumerable<(OptionEntry Option, object Value)> Samples =>
        EnhancementChoices.Options.Where(option => option.Record == typeof(EnhancementRequest)).Select(option => (option, Sample(option)));

    private static object Sample(OptionEntry option) => option.Type switch
    {
        { IsEnum: true } type => Enum.GetValues(type).Cast<object>().First(word => !word.Equals(option.Get(new EnhancementRequest { RunId = "", Dataset = "" }))),
        var type when type == typeof(bool) => true,
        var type when type == typeof(int) => 3,
        var type when type == typeof(double) => 0.25,
        var type when type == typeof(ulong) => 7UL,
        var type when type == typeof(string) => option.Words.Count > 0 ? option.Words[^1] : option.Name == "mix" ? "paper-code" : "word",
        var type when type == typeof(ResizeRule) => new ResizeRule(new(32, 48), ResizeFit.Pad),
        var type when type == typeof(ImageEncoding) => ImageEncoding.Parse("jpeg:95"),
        var type when type == typeof(RgbColour) => new RgbColour(1, 2, 3),
        var type when type == typeof(Split) => new Split(1, 2, 3),
        var type when type == typeof(ScoringRequest) => new ScoringRequest { Test = "p" },
        var type when type == typeof(IReadOnlyList<double>) => new[] { 0.5, 0.5 },
        _ => new[] { "a", "b" },
    };

    private static string Doc(string name) => Path.Combine(RealData.Root, "docs", name);

    /// <summary>The switches in the first column of a page's table of switches.</summary>
    private static IEnumerable<string> Switches(string page) => File.ReadLines(Doc(page))
        .SkipWhile(line => !line.StartsWith("| switch", StringComparison.Ordinal)).TakeWhile(line => line.StartsWith('|'))
        .Skip(1)
        .SelectMany(line => Words(line.Split('|')[1])).Select(word => word[2..]);

    private static IEnumerable<string> Words(string text) => Code().Matches(text).Select(match => match.Groups[1].Value);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
