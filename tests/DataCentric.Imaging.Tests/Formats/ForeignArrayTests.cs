using System.Text.Json;
using DataCentric.Imaging.Formats;

namespace DataCentric.Imaging.Tests.Formats;

/// <summary>Arrays that numpy wrote in every order, type and arrangement of axes are read pixel by pixel as numpy says (tests/foreign/write_arrays.py).</summary>
public sealed class ForeignArrayTests
{
    [Fact]
    public async Task Every_case_has_the_pixels_and_labels_that_numpy_says()
    {
        using var folder = new TempFolder();
        await ForeignReader.WriteBySelfAsync("write_arrays.py", folder.Path);
        var cases = Directory.GetDirectories(folder.Path);

        cases.Length.ShouldBeGreaterThan(100);
        foreach (var path in cases)
            Check(path, Path.GetFileName(path));
    }

    private static void Check(string path, string name)
    {
        var expected = JsonSerializer.Deserialize<Expected>(File.ReadAllText(Path.Combine(path, "expected.json")), JsonSerializerOptions.Web)!;
        var pixels = File.ReadAllBytes(Path.Combine(path, "expected.npy"))[128..];
        var file = Path.Combine(path, "set.npz");
        using var reader = expected.Npz ? NpzFile.Open(file, expected.Part, expected.Scale) : NpyPairReader.Open(path, expected.Scale);
        using var other = expected.Npz ? NpzFile.Open(file, expected.Part, expected.Scale) : NpyPairReader.Open(path, expected.Scale);

        reader.Info.Classes.ShouldBe(expected.Classes, name);
        reader.Info.HasSoftLabels.ShouldBe(expected.Soft is not null, name);
        var (all, length) = (reader.ReadAll(batch: 3), reader.Info.Shape.ByteLength);
        all.Pixels.AsSpan().SequenceEqual(pixels).ShouldBeTrue(name);
        all.Labels.ShouldBe(expected.Labels, name);
        all.SoftLabels.ShouldBe(expected.Soft, name);

        other.Skip(1);
        var second = other.Read(1);
        second.Pixels.AsSpan().SequenceEqual(pixels.AsSpan(length, length)).ShouldBeTrue(name);
        second.Labels[0].ShouldBe(expected.Labels[1], name);
    }

    private sealed record Expected(int[] Labels, string[] Classes, string? Part, double? Scale, bool Npz, float[]? Soft);
}
