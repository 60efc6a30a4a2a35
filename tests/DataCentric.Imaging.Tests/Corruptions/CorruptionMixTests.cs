using DataCentric.Imaging.Corruptions;

namespace DataCentric.Imaging.Tests.Corruptions;

public class CorruptionMixTests
{
    private const int Picks = 100_000;

    [Theory]
    [InlineData("uniform")]
    [InlineData("seed")]
    public void Kinds_are_picked_as_often_as_their_weights_say(string name)
    {
        var mix = CorruptionMix.Named(name);
        var counts = Enumerable.Range(0, Picks).CountBy(sample => mix.Pick(5, (ulong)sample).Name).ToDictionary();

        for (var i = 0; i < 14; i++)
        {
            var weight = mix.Weights[i];
            ((double)counts[mix.Corruptions[i].Name]).ShouldBe(Picks * weight, 4 * Math.Sqrt(Picks * weight * (1 - weight)));
        }
    }

    [Fact]
    public void The_seeds_weights_are_those_of_its_four_groups()
    {
        var mix = CorruptionMix.Seed();
        string[] narrow = ["dropout", "coarse_dropout", "snowflakes", "gaussian_noise", "elastic", "kmeans"];

        for (var i = 0; i < 14; i++)
            mix.Weights[i].ShouldBe(narrow.Contains(mix.Corruptions[i].Name) ? 1 / 12.0 : 1 / 16.0, 1e-12);
    }

    [Fact]
    public void A_kind_of_weight_zero_is_never_picked()
    {
        var mix = new CorruptionMix([.. CorruptionCatalog.CreateAll("paper14").Take(3)], [0, 2, 0]);

        Enumerable.Range(0, 1000).ShouldAllBe(sample => mix.Pick(1, (ulong)sample).Name == "snow");
    }

    [Fact]
    public void Weights_that_cannot_be_chances_are_refused()
    {
        var kinds = CorruptionCatalog.CreateAll("paper14").Take(2).ToArray();

        Should.Throw<InputException>(() => new CorruptionMix(kinds, [1]));
        Should.Throw<InputException>(() => new CorruptionMix(kinds, [1, -1]));
        Should.Throw<InputException>(() => new CorruptionMix(kinds, [0, 0]));
        Should.Throw<InputException>(() => new CorruptionMix(kinds, [1, double.NaN]));
        Should.Throw<InputException>(() => CorruptionMix.Named("all"));
    }
}
