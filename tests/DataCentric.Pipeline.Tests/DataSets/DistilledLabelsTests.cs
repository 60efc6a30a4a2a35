using DataCentric.Pipeline.DataSets;

namespace DataCentric.Pipeline.Tests.DataSets;

public class DistilledLabelsTests
{
    // z = (0, 2 ln 3), T = 2: softmax (1, 3) / 4.
    [Fact]
    public void What_is_seen_is_the_softmax_of_mean_logits_at_temperature_2()
    {
        var log3 = (float)Math.Log(3);

        var seen = DistilledLabels.Seen([[1, 1 + (4 * log3), 5, 5], [-1, -1, 5, 5]], classCount: 2);

        seen.Length.ShouldBe(4);
        foreach (var (value, expected) in seen.Zip([0.25f, 0.75f, 0.5f, 0.5f]))
            value.ShouldBe(expected, 1e-6f);
    }

    [Fact]
    public void A_sample_keeps_its_class_and_its_label_sums_to_1_however_sure_the_networks_are_of_another()
    {
        float[] labels = [0, 0, 1];

        DistilledLabels.Mix(labels, DistilledLabels.Seen([[500, 0, -500]], classCount: 3));

        labels[2].ShouldBe(0.51f, 1e-6f);
        labels[0].ShouldBe(0.49f, 1e-6f);
        DistilledLabels.CanBe(labels, 2).ShouldBeTrue();
        DistilledLabels.CanBe(labels, 0).ShouldBeFalse();
    }

    [Theory]
    [InlineData(0.6f, 0.5f)]
    [InlineData(1.2f, -0.2f)]
    [InlineData(float.NaN, 1f)]
    [InlineData(0.5f, 0.5f)]
    public void Other_rows_are_told_from_distilled_ones(float own, float other) => DistilledLabels.CanBe([own, other], 0).ShouldBeFalse();

    [Fact]
    public void Logits_that_are_not_numbers_are_refused() =>
        Should.Throw<InputException>(() => DistilledLabels.Seen([[float.NaN, 0]], classCount: 2)).Message.ShouldContain("not numbers");
}
