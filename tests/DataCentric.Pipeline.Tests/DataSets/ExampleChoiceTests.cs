using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Model;

namespace DataCentric.Pipeline.Tests.DataSets;

/// <summary>Which samples are shown.</summary>
public sealed class ExampleChoiceTests
{
    [Theory]
    [InlineData("0 1 2 3 4 5", "0 1 2 3")]
    [InlineData("0 0 1 0 2 3", "0 1 2 3")]
    [InlineData("0 0 0 0 0 1 1 2 3 4", "0 5 7 8")]
    [InlineData("0 0 0 0 0 1 1 1", "0 1 2 5")]
    [InlineData("3 3 3 3 3", "0 1 2 3")]
    [InlineData("3", "0")]
    public void They_are_the_first_ones_and_of_several_classes_where_there_are_several(string labels, string chosen)
    {
        var choice = new ExampleChoice();
        foreach (var (index, label) in labels.Split(' ').Index())
        {
            choice.Add(new ManifestEntry
            {
                Index = index,
                Source = "",
                Key = 0,
                Label = int.Parse(label, System.Globalization.CultureInfo.InvariantCulture),
                Role = SampleRole.Clean,
                Seed = 0,
                Linf = 0,
                L2 = 0,
                Sha256 = "",
            });
        }

        string.Join(' ', choice.Chosen.Select(entry => entry.Index)).ShouldBe(chosen);
    }
}
