using System.Security.Cryptography;
using DataCentric.Images;
using DataCentric.Imaging.Formats;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Tests.Runs;

namespace DataCentric.Pipeline.Tests.Export;

/// <summary>All formats that a set can be written in can be read.</summary>
public sealed class OutputsAreInputsTests : IDisposable
{
    private const int Count = 24;
    private static readonly ImageShape Shape = new(32, 32);
    private static readonly string[] Classes = ["zebra", "ant", "Bee"];
    private readonly RunHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Each_of_the_five_outputs_is_read_with_the_same_pixels_labels_and_names()
    {
        var expected = await RunAsync();

        foreach (var (folder, format) in ((string, string)[])[("", "npy-pair"), ("cifar", "cifar-binary"), ("folder", "image-folder"), ("parquet", "parquet"), ("webdataset", "webdataset")])
        {
            using var reader = ImageSource.Open(Path.Combine(_harness.Folder, "r", folder));
            var set = reader.Read(Count);

            reader.Info.Format.ShouldBe(format);
            reader.Info.Shape.ShouldBe(Shape, format);
            reader.Info.Classes.ShouldBe(Classes, format);
            var found = Enumerable.Range(0, set.Count).Select(i => (set.Labels[i], Convert.ToHexStringLower(SHA256.HashData(set.Image(i)))));
            if (format == "image-folder") // which is read class by class
                found.Order().ShouldBe(expected.Order(), format);
            else
                found.ShouldBe(expected, format);
            if (format == "parquet")
                set.SourceIds.ShouldBe(Enumerable.Range(0, Count).Select(i => $"data.npy#{i}"));
        }
    }

    private async Task<(int Label, string Sha256)[]> RunAsync()
    {
        var path = Path.Combine(_harness.Folder, "small");
        Directory.CreateDirectory(path);
        await File.WriteAllLinesAsync(Path.Combine(path, "classes.txt"), Classes);
        await using (var data = File.Create(Path.Combine(path, "data.npy")))
        await using (var labels = File.Create(Path.Combine(path, "label.npy")))
        {
            var writer = new NpyPairWriter(data, labels, Count, Shape, Classes.Length);
            byte[] pixels = [.. Enumerable.Range(0, Count * Shape.ByteLength).Select(i => (byte)((i * 7) + (i / 300)))];
            writer.Write(new ImageSet(Shape, pixels, [.. Enumerable.Range(0, Count).Select(i => i % 3)], new string[Count]));
            writer.Complete();
        }

        var result = _harness.Store("r");
        await _harness.RunAsync(_harness.Request with { Dataset = path, Formats = [.. SetFormats.All.Skip(1)] }, _harness.Store("w"), result);
        return [.. (await RunHarness.ManifestAsync(result)).Select(entry => (entry.Label, entry.Sha256))];
    }
}
