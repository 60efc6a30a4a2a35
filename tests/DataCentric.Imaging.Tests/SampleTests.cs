using DataCentric.Images;
using DataCentric.Imaging.Pictures;
using DataCentric.Imaging.Tests.Formats;

namespace DataCentric.Imaging.Tests;

/// <summary>The samples of the package.</summary>
public sealed class SampleTests
{
    public static TheoryData<string> Names => ["ImageSharp", "SkiaSharp"];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_picture_of_another_library_is_corrupted(string library)
    {
        using var folder = new TempFolder();
        var shape = new ImageShape(48, 64);
        byte[] pixels = [.. Enumerable.Range(0, shape.ByteLength).Select(i => (byte)(i / 7 % 200))];
        var (source, target) = (Path.Combine(folder.Path, "source.png"), Path.Combine(folder.Path, "target.png"));
        File.WriteAllBytes(source, RgbImage.EncodePng(pixels, shape));

        (library == "ImageSharp" ? Samples.CorruptWithImageSharp.Run : (Action<string, string>)Samples.CorruptWithSkiaSharp.Run)(source, target);

        var (set, kind, severity) = library == "ImageSharp" ? ("imagenet", "frost", 2) : ("imagenet", "fog", 3);
        RgbImage.Decode(File.ReadAllBytes(target), target, out var written)
            .ShouldBe(DataCentric.Imaging.Corruptions.CorruptionCatalog.Create(set, kind, severity).Apply(pixels, shape, seed: 7));
        written.ShouldBe(shape);
    }

    [Fact]
    public void The_readme_has_the_code_of_a_sample() => ReadmeCode.ShouldBeThatOf("DataCentric.Imaging", "CorruptWithImageSharp");
}
