using System.IO.Compression;
using DataCentric.Imaging.Formats;
using DataCentric.Imaging.Tests.Formats;
using DataCentric.Tests.Fuzzing;
using SkiaSharp;

namespace DataCentric.Imaging.Tests.Fuzzing;

/// <summary>No damaged data set, archive or pickle brings a reader down.</summary>
public class ReaderFuzzTests
{
    private static readonly byte[] Pixels = NpyFile.Make("|u1", "(6, 8, 8, 3)", Made.Bytes(6 * 192));
    private static readonly byte[] Labels = NpyFile.Make("<i4", "(6,)", [.. new[] { 0, 1, 2, 0, 1, 2 }.SelectMany(BitConverter.GetBytes)]);
    private static readonly byte[] Soft = NpyFile.Make("<f4", "(6, 2)", Made.Floats(.5f, .5f, 1, 0, 0, 1, .25f, .75f, 1, 0, .1f, .9f));
    private static readonly (string Name, byte[] Bytes)[] Pngs = [("a/1.png", Png(1)), ("a/2.png", Png(2)), ("b/1.png", Png(3))];

    private static readonly byte[] Parquet = MadeParquet.File(
        2, MadeParquet.Features("label", "a", "b"), MadeParquet.Image("image", Png(1), Png(2), Png(3)), MadeParquet.Nullable("label", 1, 0, 1), MadeParquet.Texts("note", "x", "y", "x"));

    private static readonly byte[] WebDataset = MadeArchive.Tar(
        ("0.png", Png(1)), ("0.cls", "1"u8.ToArray()), ("1.png", Png(2)), ("1.json", "{\"label\": 0}"u8.ToArray()), ("2.png", Png(3)), ("2.txt", "1"u8.ToArray()));

    private static readonly FuzzTarget[] Targets =
    [
        Target("npy pair", "", ("data.npy", Pixels), ("label.npy", Labels), ("classes.txt", "a\nb\nc"u8.ToArray())),
        Target("npy pair, soft", "", ("data.npy", Pixels), ("label.npy", Soft)),
        Target("npz, stored", "set.npz", ("set.npz", MadeZip.Of(CompressionLevel.NoCompression, ("x.npy", Pixels), ("y.npy", Labels)))),
        Target("npz, deflated", "set.npz", ("set.npz", MadeArchive.Zip(("x.npy", Pixels), ("y.npy", Soft)))),
        Target("npy pair, Fortran order", "", ("data.npy", Fortran("|u1", "(6, 8, 8, 3)", Made.Bytes(6 * 192))), ("label.npy", Fortran("<f4", "(6, 2)", Made.Floats(.5f, 1, 0, .25f, 1, .1f, .5f, 0, 1, .75f, 0, .9f)))),
        Target("npy pair, whole numbers", "", ("data.npy", NpyFile.Make(">i4", "(6, 3, 8, 8)", Wide(Made.Bytes(6 * 192)))), ("label.npy", NpyFile.Make("<f8", "(6,)", Made.Doubles(0, 1, 2, 0, 1, 2)))),
        Target("npy pair, names", "", ("data.npy", NpyFile.Make("|u1", "(6, 1, 8, 8)", Made.Bytes(6 * 64))), ("label.npy", NpyFile.Make(">U1", "(6, 1)", Wide("abcabc"u8.ToArray())))),
        new("npy pair, floats", "", path => ReadAll(NpyPairReader.Open(path, scale: 255)), ("data.npy", NpyFile.Make("<f4", "(6, 8, 8)", Made.Floats([.. Made.Bytes(6 * 64).Select(value => value / 255f)]))), ("label.npy", Labels)),
        Target("npz, Fortran order", "set.npz", ("set.npz", MadeArchive.Zip(("x_train.npy", Fortran("|u1", "(6, 8, 8, 3)", Made.Bytes(6 * 192))), ("y_train.npy", Labels), ("x_test.npy", Pixels), ("y_test.npy", Labels)))),
        Target("IDX", "", ("train-images-idx3-ubyte", Made.IdxImages(4, 28, 28, Made.Bytes(4 * 784))), ("train-labels-idx1-ubyte", Made.IdxLabels(0, 1, 2, 1))),
        Target("IDX, gzip", "", ("train-images-idx3-ubyte.gz", Made.Gzip(Made.IdxImages(4, 28, 28, Made.Bytes(4 * 784)))), ("train-labels-idx1-ubyte.gz", Made.Gzip(Made.IdxLabels(0, 1, 2, 1)))),
        Target("CIFAR binary", "", ("data_batch_1.bin", Made.Cifar(1, 2)), ("batches.meta.txt", "a\nb\nc"u8.ToArray())),
        Target("CIFAR-100 binary", "", ("train.bin", Made.Cifar100(1, 99))),
        Target("CIFAR python", "", ("data_batch_1", MadePickle.Batch("labels", 1, 2)), ("batches.meta", MadePickle.Meta("label_names", "a", "b", "c"))),
        Target("CIFAR python, protocol 0", "", ("data_batch_1", MadePickle.Saved(0, 1, 2)), ("batches.meta", MadePickle.Meta("label_names", "a", "b", "c"))),
        Target("CIFAR python, protocol 2 of Python 3", "", ("data_batch_1", MadePickle.Saved(2, 1, 2))),
        Target("CIFAR python, protocol 5", "", ("data_batch_1", MadePickle.Saved(5, 1, 2))),
        Target("torchvision root", "", ("MNIST/raw/train-images-idx3-ubyte", Made.IdxImages(4, 28, 28, Made.Bytes(4 * 784))), ("MNIST/raw/train-labels-idx1-ubyte", Made.IdxLabels(0, 1, 2, 1))),
        Target("image folder, PNG", "", Pngs),
        Target("image folder, JPEG", "", ("a/1.jpg", Jpeg(1)), ("b/1.jpg", Jpeg(2))),
        Target("image folder, WebP", "", ("a/1.webp", WebP(1)), ("b/1.webp", WebP(2))),
        Target("image folder, GIF", "", ("a/1.gif", Encodable.Gif()), ("b/1.gif", Encodable.Gif())),
        Target("image folder, BMP", "", ("a/1.bmp", Encodable.Bmp()), ("b/1.bmp", Encodable.Bmp())),
        Target("zip", "set.zip", ("set.zip", MadeArchive.Zip(Pngs))),
        Target("tar", "set.tar", ("set.tar", MadeArchive.Tar(Pngs))),
        Target("tar.gz", "set.tgz", ("set.tgz", Made.Gzip(MadeArchive.Tar(Pngs)))),
        Target("Parquet", "set.parquet", ("set.parquet", Parquet)),
        Target("Parquet, this program's", "", ("train-00000-of-00001.parquet", Written.ParquetAsync(soft: true).Result), ("classes.txt", "a\nb\nc"u8.ToArray())),
        Target("WebDataset", "set.tar", ("set.tar", WebDataset)),
        Target("WebDataset, this program's", "", ("train-000000.tar", Written.WebDatasetAsync(soft: true).Result), ("classes.txt", "a\nb\nc"u8.ToArray())),
    ];

    public static TheoryData<string> Names => [.. Targets.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_damaged_set_is_read_or_refused_by_name(string name) =>
        TestContext.Current.TestOutputHelper!.WriteLine(FuzzRun.Check(Targets.Single(target => target.Name == name)));

    private static FuzzTarget Target(string name, string opens, params (string Name, byte[] Bytes)[] files) => new(name, opens, ReadAll, files);

    private static void ReadAll(string path) => ReadAll(ImageSource.Open(path));

    private static void ReadAll(IImageReader opened)
    {
        using var reader = opened;
        while (reader.Read(64).Count > 0)
            reader.Skip(1);
    }

    private static byte[] Fortran(string type, string shape, byte[] data) =>
        NpyFile.Make($"{{'descr': '{type}', 'fortran_order': True, 'shape': {shape}, }}\n", data);

    /// <summary>Bytes as big-endian numbers of four bytes.</summary>
    private static byte[] Wide(byte[] bytes) => [.. bytes.SelectMany(value => (byte[])[0, 0, 0, value])];

    private static byte[] Png(int seed)
    {
        using var encoder = new Imaging.Pictures.PngFile();
        return encoder.Encode(Made.Bytes(192, seed), new(8, 8));
    }

    private static byte[] Jpeg(int seed) => Encoded(SKEncodedImageFormat.Jpeg, seed);

    private static byte[] WebP(int seed) => Encoded(SKEncodedImageFormat.Webp, seed);

    private static byte[] Encoded(SKEncodedImageFormat format, int seed)
    {
        using var bitmap = Encodable.Bitmap(16, 16, (x, y) => new SKColor((byte)((x * 9) + seed), (byte)(y * 9), 77));
        return Encodable.Encode(bitmap, format);
    }
}
