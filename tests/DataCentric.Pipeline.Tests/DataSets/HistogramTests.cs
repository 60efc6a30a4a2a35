using CsCheck;
using DataCentric.Pipeline.DataSets;

namespace DataCentric.Pipeline.Tests.DataSets;

public sealed class HistogramTests
{
    [Fact]
    public void Values_beyond_the_last_bin_double_the_width_and_none_is_lost()
    {
        var builder = new HistogramBuilder(firstWidth: 1);
        foreach (var value in new[] { 0.0, 0.5, 1, 31.9, 32, 100 })
            builder.Add(value);

        var histogram = builder.Build();

        histogram.BinWidth.ShouldBe(4);
        histogram.Counts.Count.ShouldBe(26); // 100 lies in the bin from 100 to 104
        (histogram.Counts[0], histogram.Counts[7], histogram.Counts[8], histogram.Counts[25]).ShouldBe((3, 1, 1, 1));
    }

    [Fact]
    public void The_order_of_the_values_does_not_matter() => Gen.Double[0, 500].Array[1, 50].Sample(values =>
    {
        var (up, down) = (new HistogramBuilder(1), new HistogramBuilder(1));
        foreach (var value in values)
            up.Add(value);
        foreach (var value in values.Reverse())
            down.Add(value);
        return up.Build().BinWidth == down.Build().BinWidth && up.Build().Counts.SequenceEqual(down.Build().Counts);
    });
}
