using System.IO.Compression;
using DataCentric.Imaging.Formats;
using DataCentric.Imaging.Formats.Arrays;

namespace DataCentric.Imaging.Tests.Formats;

/// <summary>Arrays in Fortran order are read in bounded memory and leave nothing behind.</summary>
public class FortranOrderTests
{
    private const string Header = "{'descr': '|u1', 'fortran_order': True, 'shape': (800, 224, 224, 3)}";

    /// <summary>800 images of 224 x 224 are two blocks of 64 MiB: 120 MB in all, of which one block is held.</summary>
    [Fact]
    public void An_array_larger_than_a_block_is_read_block_by_block()
    {
        using var folder = new TempFolder();
        var path = folder.File("data.npy");
        using (var file = File.Create(path))
        {
            file.Write(NpyFile.Make(Header, []));
            var run = new byte[800];
            for (var position = 0; position < 224 * 224 * 3; position++)
            {
                for (var image = 0; image < 800; image++)
                    run[image] = Value(image, position % 224, position / 224 % 224, position / (224 * 224));
                file.Write(run);
            }
        }

        var source = NpySource.File(path);
        using var rows = NpyRows.Open(source, source.ReadHeader(), "image");
        var before = GC.GetAllocatedBytesForCurrentThread();
        var image0 = new byte[224 * 224 * 3];
        foreach (var number in (int[])[0, 1, 444, 445, 446, 799])
        {
            rows.Skip(number - rows.Next);
            rows.Read(image0);
            for (var at = 0; at < image0.Length; at++)
            {
                if (image0[at] != Value(number, at / 672, at / 3 % 224, at % 3))
                    Assert.Fail($"Image {number}, byte {at}.");
            }
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(64L << 20);
    }

    [Fact]
    public void What_was_unpacked_is_gone_with_the_reader()
    {
        var array = NpyFile.Make("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 8, 8, 3)}", Made.Bytes(384));
        var source = new NpySource("set.npz, x.npy", "set.npz", array.Length, () => new MemoryStream(array), PackedLength: array.Length);
        var image = new byte[192];
        string scratch;
        using (var rows = new FortranRows(source, source.ReadHeader(), "image"))
        {
            scratch = rows.Scratch!;
            Directory.GetFiles(scratch).ShouldHaveSingleItem();
            rows.Skip(1);
            rows.Read(image);
        }

        Directory.Exists(scratch).ShouldBeFalse();
        image[0].ShouldBe(Made.Bytes(384)[1]);
    }

    [Fact]
    public void An_array_that_unpacks_to_far_more_than_its_archive_is_refused_with_a_way_out()
    {
        using var folder = new TempFolder();
        var array = NpyFile.Make("{'descr': '|u1', 'fortran_order': True, 'shape': (500, 224, 224, 3)}", new byte[500 * 224 * 224 * 3]);
        var path = folder.Write("set.npz", MadeZip.Of(CompressionLevel.Fastest, ("x.npy", array), ("y.npy", NpyFile.Make("|u1", "(500,)", new byte[500]))));

        Should.Throw<InputException>(() => ImageSource.Open(path)).Message.ShouldContain("save numpy.ascontiguousarray of it");
    }

    [Fact]
    public void A_damaged_array_in_an_archive_is_found_when_it_is_unpacked()
    {
        using var folder = new TempFolder();
        var array = NpyFile.Make("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 8, 8, 3)}", Made.Bytes(384));
        var bytes = MadeZip.Of(CompressionLevel.NoCompression, ("x.npy", array), ("y.npy", NpyFile.Make("|u1", "(2,)", [0, 1])));
        bytes[300] ^= 1;

        Should.Throw<InputException>(() => ImageSource.Open(folder.Write("set.npz", bytes))).Message.ShouldContain("set.npz, x.npy: the compressed data are broken");
    }

    private static byte Value(int image, int y, int x, int channel) => (byte)((image * 31) + (y * 7) + (x * 3) + (channel * 101));
}
