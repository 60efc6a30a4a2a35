using DataCentric.Images;
using DataCentric.Imaging.Pictures;

namespace DataCentric.Cli.Tests;

/// <summary>What <c>inspect</c> tells people of photographs.</summary>
public sealed class InspectTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("8 9 10 11", false)]
    [InlineData("8 8 8 11", true)]
    public async Task Of_pictures_of_several_sizes_all_are_counted_and_a_few_others_named(string sides, bool areNamed)
    {
        WritePictures(sides);

        var result = await Tool.RunAsync("inspect", _folder["photos"]);

        result.ExitCode.ShouldBe(0, result.Error);
        var text = string.Join(' ', result.Output.Split(['│', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        text.ShouldContain("4 of several sizes");
        text.ShouldContain("--resize 224");
        text.Contains("3.png", StringComparison.Ordinal).ShouldBe(areNamed, text);
    }

    [Fact]
    public async Task Brought_to_one_size_all_of_them_are_in_the_figures()
    {
        WritePictures("8 9 10 11");

        var result = await Tool.RunAsync("inspect", _folder["photos"], "--resize", "8");

        result.ExitCode.ShouldBe(0, result.Error);
        result.Output.ShouldContain("4 of 8x8, RGB");
    }

    private void WritePictures(string sides)
    {
        Directory.CreateDirectory(_folder["photos/a"]);
        foreach (var (n, side) in sides.Split(' ').Select(int.Parse).Index())
            File.WriteAllBytes(_folder[$"photos/a/{n}.png"], RgbImage.EncodePng(new byte[side * side * 3], new ImageShape(side, side)));
    }
}
