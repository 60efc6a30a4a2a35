using DataCentric.Images;
using DataCentric.Imaging.Pictures;
using DataCentric.Imaging.Reading;

namespace DataCentric.Imaging.Tests.Pictures;

public class ResizingTests
{
    private static readonly ImageShape Source = new(40, 60);

    [Fact]
    public void An_image_of_the_size_stays_as_it_is()
    {
        var image = Ramp();

        Resizing.Apply(image, Source, new() { Resize = new(Source) }).ShouldBeSameAs(image);
    }

    [Fact]
    public void Cropping_keeps_the_middle()
    {
        // 40x60 becomes 20x30, of which columns 5 to 24 stay: from column 10.5 of the source on, whose value is 42.
        var result = Resizing.Apply(Ramp(), Source, new() { Resize = ResizeRule.Parse("20") });

        result.Length.ShouldBe(20 * 20 * 3);
        ((int)result[0]).ShouldBeInRange(41, 43);
        ((int)result[^1]).ShouldBeInRange(193, 195);
    }

    [Fact]
    public void Padding_keeps_everything_and_fills_with_the_colour()
    {
        var result = Resizing.Apply(Ramp(), Source, new() { Resize = ResizeRule.Parse("30:pad"), Background = new(9, 8, 7) });

        result.Take(3).ShouldBe([9, 8, 7]); // 40x60 becomes 20x30 with five rows above and below
        Row(result, 30, 4).Chunk(3).ShouldAllBe(pixel => pixel.SequenceEqual(new byte[] { 9, 8, 7 }));
        Row(result, 30, 25).Chunk(3).ShouldAllBe(pixel => pixel.SequenceEqual(new byte[] { 9, 8, 7 }));
        Row(result, 30, 5).Where((_, i) => i % 3 == 0).Zip(Row(result, 30, 5).Where((_, i) => i % 3 == 0).Skip(1)).ShouldAllBe(pair => pair.First < pair.Second);
    }

    [Fact]
    public void Stretching_takes_both_sides_alone()
    {
        var result = Resizing.Apply(Ramp(), Source, new() { Resize = ResizeRule.Parse("40x8:stretch") });

        result.Length.ShouldBe(40 * 8 * 3);
        ((int)result[0]).ShouldBeInRange(6, 20); // the mean of the first 7.5 columns
    }

    [Fact]
    public void What_is_made_smaller_is_smoothed_and_nearest_is_not()
    {
        var stripes = Enumerable.Range(0, 64 * 64).SelectMany(i => Enumerable.Repeat((byte)(i % 2 == 0 ? 0 : 255), 3)).ToArray();

        foreach (var interpolation in new[] { Interpolation.Bicubic, Interpolation.Bilinear, Interpolation.Lanczos })
            Resizing.Apply(stripes, new(64, 64), new() { Resize = new(new(16, 16)), Interpolation = interpolation }).ShouldAllBe(value => value > 100 && value < 155);
        Resizing.Apply(stripes, new(64, 64), new() { Resize = new(new(16, 16)), Interpolation = Interpolation.Nearest }).ShouldAllBe(value => value == 0 || value == 255);
    }

    [Theory]
    [InlineData("224", 224, 224, ResizeFit.Crop)]
    [InlineData("160x240:pad", 160, 240, ResizeFit.Pad)]
    [InlineData("32:Stretch", 32, 32, ResizeFit.Stretch)]
    public void Rules_are_read_and_written(string text, int height, int width, ResizeFit fit)
    {
        var rule = ResizeRule.Parse(text);

        rule.ShouldBe(new ResizeRule(new(height, width), fit));
        ResizeRule.Parse(rule.ToString()).ShouldBe(rule);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("224:zoom")]
    [InlineData("224:1")]
    [InlineData("7")]
    [InlineData("1025")]
    [InlineData("-3")]
    [InlineData("10x20x30")]
    [InlineData("99999999999")]
    public void Other_rules_are_refused(string text) => Should.Throw<InputException>(() => ResizeRule.Parse(text)).Message.ShouldContain("--resize");

    /// <summary>Four times the number of the column.</summary>
    private static byte[] Ramp() => [.. Enumerable.Range(0, 40 * 60).SelectMany(i => Enumerable.Repeat((byte)(4 * (i % 60)), 3))];

    private static byte[] Row(byte[] image, int width, int row) => image[(row * width * 3)..((row + 1) * width * 3)];
}
