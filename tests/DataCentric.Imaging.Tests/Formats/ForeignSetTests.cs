using System.Security.Cryptography;
using DataCentric.Imaging.Formats;

namespace DataCentric.Imaging.Tests.Formats;

/// <summary>What Python's numpy, pickle, Pillow, zipfile and tarfile wrote is read with the right labels and pixels.</summary>
public sealed class ForeignSetTests : IAsyncLifetime
{
    private const int Count = 24;
    private static readonly int[] Labels = [.. Enumerable.Range(0, Count).Select(i => i * 7 % 5)];
    private readonly TempFolder _folder = new();

    public async ValueTask InitializeAsync()
    {
        _folder.Write("in/data.npy", NpyFile.Make("|u1", $"({Count}, 32, 32, 3)", Made.Bytes(Count * 3072)));
        _folder.Write("in/label.npy", NpyFile.Make("<i8", $"({Count},)", [.. Labels.SelectMany(label => BitConverter.GetBytes((long)label))]));
        Directory.CreateDirectory(_folder.File("out"));
        await ForeignReader.WriteAsync(_folder.File("in"), _folder.File("out"));
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void Every_file_holds_the_set()
    {
        foreach (var (file, format) in ((string, string)[])
            [("stored.npz", "npz"), ("deflated.npz", "npz"), ("pickle-3", "cifar-python"), ("pickle-4", "cifar-python"), ("tree", "image-folder"),
             ("tree.zip", "image-folder"), ("tree.tar", "image-folder"), ("tree.tar.gz", "image-folder"), ("tree.pax.tar.gz", "image-folder"),
             ("shards", "webdataset")])
        {
            using var reader = ImageSource.Open(_folder.File($"out/{file}"));
            reader.Info.Format.ShouldBe(format, file);
            var set = reader.ReadAll(batch: 7);

            Contents(set.Labels, set.Pixels).ShouldBe(Contents(Labels, Made.Bytes(Count * 3072)), file);
        }
    }

    /// <summary>Lossless formats to the byte; lossy ones but for what decoders may round differently.</summary>
    [Fact]
    public void Pictures_of_every_format_have_the_pixels_that_Pillow_reads()
    {
        using var reader = ImageSource.Open(_folder.File("out/pictures"));
        var pillow = File.ReadAllBytes(_folder.File("out/pictures.npy"))[128..];

        var set = reader.ReadAll();

        set.SourceIds.Select(Path.GetExtension).Distinct().ShouldBe([".webp", ".bmp", ".gif", ".jfif", ".jpe"]);
        for (var i = 0; i < set.Count; i++)
        {
            var expected = pillow.AsSpan(i * set.Shape.ByteLength, set.Shape.ByteLength).ToArray();
            var furthest = set.Image(i).ToArray().Zip(expected, (here, there) => Math.Abs(here - there)).Max();
            furthest.ShouldBeLessThanOrEqualTo(Path.GetExtension(set.SourceIds[i]) is ".jfif" or ".jpe" ? 2 : 0, set.SourceIds[i]);
        }
    }

    /// <summary>Label and hash of each image, in the order of the hashes: a folder is read class by class.</summary>
    private static string[] Contents(int[] labels, byte[] pixels) =>
    [
        .. labels.Select((label, i) => $"{Convert.ToHexString(SHA256.HashData(pixels.AsSpan(i * 3072, 3072)))} {label}").Order(StringComparer.Ordinal),
    ];
}
