using DataCentric.Images;
using DataCentric.Imaging.Pictures;
using SkiaSharp;

namespace DataCentric.Imaging.Tests.Pictures;

public class SheetTests
{
    private static readonly ImageShape Small = new(32, 32);

    [Theory]
    [InlineData(100, 100, 128)]
    [InlineData(100, 101, 136)]
    [InlineData(100, 92, 64)]
    [InlineData(0, 255, 255)]
    [InlineData(255, 0, 0)]
    public void The_difference_is_grey_and_eight_times_the_change(byte clean, byte result, byte expected) =>
        ContactSheet.Difference([clean], [result]).ShouldBe([expected]);

    [Fact]
    public void A_sample_is_clean_result_and_difference_three_times_enlarged()
    {
        using var sheet = Draw([new("rain", [Sample(Small, (200, 10, 20), (204, 10, 10))])]);

        Count(sheet, 200, 10, 20).ShouldBe(96 * 96);
        Count(sheet, 204, 10, 10).ShouldBe(96 * 96);
        Count(sheet, 160, 128, 48).ShouldBe(96 * 96);
    }

    [Fact]
    public void A_pixel_becomes_a_hard_block()
    {
        var image = Flat(Small, (0, 0, 0));
        (image[0], image[1], image[2]) = (11, 222, 33);
        using var sheet = Draw([new("clean", [new(image, image, "")])]);

        Count(sheet, 11, 222, 33).ShouldBe(2 * 9);
    }

    [Fact]
    public void Sixteen_rows_of_four_fit_a_page_of_1200_to_1600_pixels()
    {
        ContactSheet.SamplesPerLine(Small).ShouldBe(4);
        var samples = Enumerable.Repeat(Sample(Small, (1, 2, 3), (4, 5, 6)), 4).ToArray();
        using var sheet = Draw([.. Enumerable.Range(0, 16).Select(i => new ContactSheetGroup($"kind {i}", samples, "40 samples"))]);

        sheet.Width.ShouldBeInRange(1200, 1600);
        sheet.Height.ShouldBeInRange(16 * 96, 2400);
        Count(sheet, 1, 2, 3).ShouldBe(16 * 4 * 96 * 96);
    }

    [Fact]
    public void Samples_that_do_not_fit_go_to_the_next_line()
    {
        var sample = Sample(Small, (1, 2, 3), (4, 5, 6));
        using var four = Draw([new("a", [.. Enumerable.Repeat(sample, 4)])]);
        using var five = Draw([new("a", [.. Enumerable.Repeat(sample, 5)])]);

        five.Width.ShouldBe(four.Width);
        five.Height.ShouldBeGreaterThan(four.Height + 96);
        Count(five, 1, 2, 3).ShouldBe(5 * 96 * 96);
    }

    [Fact]
    public void Names_and_captions_are_drawn_without_any_font_of_the_system()
    {
        using var plain = Draw([new("", [new(Flat(Small, (0, 0, 0)), Flat(Small, (0, 0, 0)), "")])]);
        using var named = Draw([new("rain", [new(Flat(Small, (0, 0, 0)), Flat(Small, (0, 0, 0)), "Ankle boot")])]);

        Differing(plain, named, x: 32, y: 120, width: 160, height: 120).ShouldBeGreaterThan(100); // the name of the row
        Differing(plain, named, x: 200, y: 229, width: 150, height: 20).ShouldBeGreaterThan(100); // the caption
        Differing(plain, named, x: 200, y: 120, width: 96, height: 100).ShouldBe(0);
    }

    [Fact]
    public void Equal_contents_give_equal_bytes()
    {
        ContactSheetGroup[] groups = [new("rain", [Sample(Small, (1, 2, 3), (4, 5, 6))], "note")];

        ContactSheet.Draw("t", "s", Small, groups).ShouldBe(ContactSheet.Draw("t", "s", Small, groups));
    }

    [Theory]
    [InlineData(8, 8, 96, 96)]
    [InlineData(28, 28, 112, 112)]
    [InlineData(64, 64, 128, 128)]
    [InlineData(224, 224, 104, 104)]
    [InlineData(1024, 512, 104, 52)]
    public void Small_images_grow_by_whole_numbers_and_large_ones_shrink(int height, int width, int drawnHeight, int drawnWidth)
    {
        var shape = new ImageShape(height, width);
        using var sheet = SKBitmap.Decode(ContactSheet.Draw("t", null, shape, [new("a", [Sample(shape, (200, 10, 20), (1, 2, 3))])]));

        Count(sheet, 200, 10, 20).ShouldBe(drawnHeight * drawnWidth);
    }

    [Theory]
    [InlineData(128)]
    [InlineData(224)]
    [InlineData(1024)]
    public void Four_samples_of_large_images_stand_in_one_line(int side)
    {
        var shape = new ImageShape(side, side);
        var sample = Sample(shape, (0, 0, 0), (0, 0, 0));
        using var one = SKBitmap.Decode(ContactSheet.Draw("t", null, shape, [new("a", [sample])]));
        using var four = SKBitmap.Decode(ContactSheet.Draw("t", null, shape, [new("a", [sample, sample, sample, sample])]));

        four.Height.ShouldBe(one.Height);
        four.Width.ShouldBeLessThanOrEqualTo(1600);
    }

    [Fact]
    public void An_image_of_another_shape_is_refused() =>
        Should.Throw<ArgumentException>(
            () => ContactSheet.Draw("t", null, new(32, 33), [new("a", [Sample(Small, (0, 0, 0), (0, 0, 0))])]));

    [Fact]
    public void A_sheet_without_samples_is_only_its_title()
    {
        using var sheet = Draw([new("rain", [])]);

        sheet.Height.ShouldBeLessThan(200);
    }

    [Fact]
    public void A_data_set_is_drawn_one_class_a_row_up_to_a_hundred()
    {
        var images = Enumerable.Repeat((ReadOnlyMemory<byte>)Flat(Small, (9, 99, 199)), 3).ToArray();
        var classes = Enumerable.Range(0, 150).Select(i => new DataSetSheetClass($"{i}", images)).ToArray();
        using var ten = SKBitmap.Decode(DataSetSheet.Draw("t", null, Small, classes[..10]));
        using var many = SKBitmap.Decode(DataSetSheet.Draw("t", null, Small, classes));

        Count(ten, 9, 99, 199).ShouldBe(10 * 3 * 96 * 96);
        Count(many, 9, 99, 199).ShouldBe(100 * 3 * 96 * 96);
    }

    [Fact]
    public void Text_that_is_too_long_ends_in_an_ellipsis_within_its_room()
    {
        using var fonts = new SheetFonts();

        SheetFonts.Fit("rain", fonts.Name, 100).ShouldBe("rain");
        var cut = SheetFonts.Fit("a very long name of a kind", fonts.Name, 100);
        cut.ShouldEndWith("…");
        fonts.Name.MeasureText(cut).ShouldBeLessThanOrEqualTo(100);
    }

    private static SKBitmap Draw(ContactSheetGroup[] groups) =>
        SKBitmap.Decode(ContactSheet.Draw("Title", "subtitle", Small, groups));

    private static ContactSheetSample Sample(ImageShape shape, (byte, byte, byte) clean, (byte, byte, byte) result) =>
        new(Flat(shape, clean), Flat(shape, result), "class");

    private static byte[] Flat(ImageShape shape, (byte R, byte G, byte B) colour) =>
        [.. Enumerable.Range(0, shape.PixelCount).SelectMany(_ => new[] { colour.R, colour.G, colour.B })];

    private static int Count(SKBitmap sheet, byte red, byte green, byte blue) =>
        sheet.Pixels.Count(pixel => pixel == new SKColor(red, green, blue));

    private static int Differing(SKBitmap one, SKBitmap other, int x, int y, int width, int height) => (
        from dy in Enumerable.Range(0, height)
        from dx in Enumerable.Range(0, width)
        where one.GetPixel(x + dx, y + dy) != other.GetPixel(x + dx, y + dy)
        select dx).Count();
}
