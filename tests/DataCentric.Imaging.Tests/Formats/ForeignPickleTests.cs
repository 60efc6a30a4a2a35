using System.Text.Json;
using DataCentric.Imaging.Formats;

namespace DataCentric.Imaging.Tests.Formats;

/// <summary>CIFAR batches that Python and numpy pickled with every protocol, from lists, arrays and numpy's numbers, are read pixel by pixel (tests/foreign/write_pickles.py).</summary>
public sealed class ForeignPickleTests
{
    [Fact]
    public async Task Every_case_has_the_pixels_and_labels_that_were_pickled()
    {
        using var folder = new TempFolder();
        await ForeignReader.WriteBySelfAsync("write_pickles.py", folder.Path);
        var pixels = File.ReadAllBytes(folder.File("pixels.npy"))[128..];
        var labels = JsonSerializer.Deserialize<int[]>(await File.ReadAllTextAsync(folder.File("labels.json"), CancellationToken.None))!;
        var cases = Directory.GetDirectories(folder.Path);

        cases.Length.ShouldBe(120);
        foreach (var path in cases)
        {
            var name = Path.GetFileName(path);
            using var reader = ImageSource.Open(path);
            using var other = ImageSource.Open(Path.Combine(path, "data_batch_1"));
            reader.Info.Format.ShouldBe("cifar-python", name);
            reader.Info.Classes[9].ShouldBe("class 9", name);
            var all = reader.ReadAll(batch: 7);
            all.Pixels.AsSpan().SequenceEqual(pixels).ShouldBeTrue(name);
            all.Labels.ShouldBe(labels, name);

            other.Skip(labels.Length - 1);
            other.Read(1).Pixels.AsSpan().SequenceEqual(pixels.AsSpan(^3072..)).ShouldBeTrue(name);
        }
    }
}
