using System.Formats.Tar;
using DataCentric.Imaging.Formats;
using DataCentric.Imaging.Formats.Archives;
using static DataCentric.Imaging.Tests.Formats.MadeArchive;

namespace DataCentric.Imaging.Tests.Formats.Archives;

public class ArchiveTests
{
    private static readonly (string Name, byte[] Bytes)[] Folder =
        [("cat/1.png", Encodable.Png(8, 8, 1)), ("cat/2.png", Encodable.Png(8, 8, 2)), ("dog/1.png", Encodable.Png(8, 8, 3))];

    private static readonly byte[] Pixels = NpyFile.Make("|u1", "(3, 8, 8, 3)", Made.Bytes(576));
    private static readonly byte[] Labels = NpyFile.Make("|u1", "(3,)", [0, 1, 0]);

    public static TheoryData<string, string> Sets => new()
    {
        { "zip", "folder" }, { "tar", "folder" }, { "tar.gz", "folder" },
        { "zip", "cifar" }, { "tar.gz", "cifar" }, { "tar.gz", "python" }, { "zip", "npz" }, { "zip", "idx" }, { "tar", "pair" },
    };

    [Theory]
    [MemberData(nameof(Sets))]
    public void A_set_in_an_archive_is_the_set(string kind, string set)
    {
        var (place, files) = MakeSet(set);
        using var folder = new TempFolder();
        foreach (var (name, bytes) in files)
            folder.Write($"plain/{name}", bytes);
        var path = folder.Write("archive", Packed(kind, files));
        using var plain = ImageSource.Open(folder.File($"plain/{place}"));
        using var packed = ImageSource.Open(path);

        packed.Info.ShouldSatisfyAllConditions(
            info => info.Format.ShouldBe(plain.Info.Format),
            info => info.Classes.ShouldBe(plain.Info.Classes),
            info => info.Count.ShouldBe(3));
        var (expected, read) = (plain.ReadAll(), packed.ReadAll(batch: 2));
        read.Pixels.ShouldBe(expected.Pixels);
        read.Labels.ShouldBe(expected.Labels);
        read.SourceIds.ShouldBe(expected.SourceIds);
        DatasetFiles.Of(path).Select(file => file.RelativePath).ShouldBe(["archive"]);
    }

    [Fact]
    public void What_was_unpacked_is_gone_with_the_set_and_where_opening_fails()
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.zip", Zip(Folder));
        string scratch;
        using (var set = LocalDataSet.At(path))
        {
            using var reader = set.Open();
            reader.ReadAll().Count.ShouldBe(3);
            using var again = set.Open();
            scratch = set.Scratch!;
            Directory.Exists(scratch).ShouldBeTrue();
        }

        Directory.Exists(scratch).ShouldBeFalse();
    }

    [Fact]
    public void Messages_name_the_archive_and_the_file_in_it()
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.zip", Zip([.. Folder, ("dog/2.png", "broken"u8.ToArray())]));
        using var reader = ImageSource.Open(path);

        Should.Throw<InputException>(() => reader.ReadAll()).Message.ShouldStartWith($"{path}/dog/2.png: is not an image");
    }

    [Theory]
    [InlineData("../evil.png")]
    [InlineData("a/../../evil.png")]
    [InlineData("/etc/evil.png")]
    [InlineData("a\\..\\evil.png")]
    [InlineData("C:/evil.png")]
    [InlineData("a/\u0001.png")]
    public void A_name_that_leads_out_is_refused_and_nothing_is_written_there(string name)
    {
        foreach (var archive in (byte[][])[Zip([.. Folder, (name, [1])]), Tar([.. Folder, (name, [1])])])
            Refusal(archive).ShouldContain("may lead out of its folder");
    }

    [Fact]
    public void A_zip_with_the_separators_of_Windows_is_read_and_may_not_lead_out_either()
    {
        using var folder = new TempFolder();
        (string, byte[])[] files = [("photos\\", []), ("photos\\cat\\", []), .. Folder.Select(file => ($"photos\\{file.Name.Replace('/', '\\')}", file.Bytes))];
        using var reader = ImageSource.Open(folder.Write("photos.zip", Zip(files)));

        reader.ReadAll().SourceIds.ShouldBe(Folder.Select(file => file.Name));
        foreach (var name in (string[])["a\\..\\..\\evil.png", "\\evil.png", "C:\\evil.png"])
            Refusal(Zip([.. files, (name, [1])])).ShouldContain("may lead out of its folder");
    }

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    [InlineData(TarEntryType.Fifo)]
    public void Links_and_devices_are_refused(TarEntryType type)
    {
        var entry = new PaxTarEntry(type, "cat/0.png");
        if (type != TarEntryType.Fifo)
            entry.LinkName = "/etc/passwd";

        Refusal(Tar((TarEntry)entry)).ShouldContain($"\"cat/0.png\" is a {type}");
    }

    [Fact]
    public void Extended_attributes_that_say_they_are_huge_are_refused()
    {
        var tar = Tar(Folder);
        ((char)tar[156]).ShouldBe('x', "A pax archive begins with the attributes of its first file.");
        "77777777777\0"u8.CopyTo(tar.AsSpan(124)); // octal size, 8 GiB
        tar.AsSpan(148, 8).Fill((byte)' ');
        var sum = tar.Take(512).Sum(value => value);
        System.Text.Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(tar, 148);

        Refusal(tar).ShouldContain("a broken or truncated tar file");
    }

    [Fact]
    public void A_symbolic_link_in_a_zip_is_refused()
    {
        using var stream = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(stream, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
            zip.CreateEntry("cat").ExternalAttributes = unchecked((int)0xA1FF0000);

        Refusal(stream.ToArray()).ShouldContain("\"cat\" is a symbolic link");
    }

    [Fact]
    public void An_archive_within_an_archive_is_refused() =>
        Refusal(Zip(("inner.tar.gz", Made.Gzip(Tar(Folder))))).ShouldContain("holds the archive \"inner.tar.gz\"");

    [Fact]
    public void Two_files_of_one_name_are_refused()
    {
        Refusal(Tar([.. Folder, Folder[0]])).ShouldContain("two files of the name \"cat/1.png\"");
        Refusal(Zip([.. Folder, Folder[0]])).ShouldContain("two files of the name \"cat/1.png\"");
        Refusal(Tar([.. Folder, ("cat/1.png/x.png", [1])])).ShouldContain("or a file and a folder");
    }

    [Fact]
    public void A_bomb_is_stopped_by_what_comes_out_not_by_what_it_says()
    {
        var limits = new ArchiveLimits { FreeBytes = 100_000, MostRatio = 100 };
        var bomb = Zip(("a.bin", new byte[10_000_000]));
        bomb.Length.ShouldBeLessThan(100_000);

        Refusal(bomb, limits).ShouldContain("unpacks to more than");
        Refusal(Made.Gzip(Tar(("a", new byte[10_000_000]))), limits).ShouldContain("unpacks to more than");
        Refusal(Zip([.. Folder]), limits with { MostEntries = 2 }).ShouldContain("more than 2 files");
    }

    [Fact]
    public void A_zip_entry_that_announces_less_than_it_holds_is_refused()
    {
        var zip = Zip(("cat/1.png", new byte[100_000]));
        var at = zip.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BitConverter.GetBytes(10).CopyTo(zip, at + 24); // uncompressed size in the central directory

        Refusal(zip).ShouldContain("\"cat/1.png\" is broken or truncated");
    }

    [Theory]
    [InlineData("zip")]
    [InlineData("tar")]
    [InlineData("tar.gz")]
    public void A_truncated_archive_is_refused_wherever_it_is_cut(string kind)
    {
        var whole = Packed(kind, Folder);
        for (var cut = kind == "tar" ? 1030 : 1; cut < whole.Length - 600; cut += 211)
            Refusal(whole[..^cut]).ShouldContain("truncated", Case.Sensitive, $"{cut} bytes less");
    }

    [Fact]
    public void An_archive_without_a_data_set_is_named()
    {
        Refusal(Zip(("readme.txt", [1]), ("license.txt", [2]))).ShouldContain("not a data set of a known format");
        Refusal(Zip()).ShouldContain("not a data set of a known format");
    }

    /// <summary>Files of a set of three images, and where among them it is.</summary>
    private static (string Place, (string Name, byte[] Bytes)[] Files) MakeSet(string set) => set switch
    {
        "cifar" => ("bin", [("bin/data_batch_1.bin", Made.Cifar(0, 1, 0)), ("bin/batches.meta.txt", "cat\ndog"u8.ToArray())]),
        "python" => ("a/b", [("a/b/data_batch_1", MadePickle.Batch("labels", 0, 1, 0)), ("a/b/batches.meta", MadePickle.Meta("label_names", "cat", "dog"))]),
        "npz" => ("set.npz", [("set.npz", Zip(("x.npy", Pixels), ("y.npy", Labels)))]),
        "idx" => ("", [("train-images-idx3-ubyte", Made.IdxImages(3, 28, 28, Made.Bytes(3 * 784))), ("train-labels-idx1-ubyte.gz", Made.Gzip(Made.IdxLabels(0, 1, 0)))]),
        "pair" => ("", [("data.npy", Pixels), ("label.npy", Labels), ("readme.txt", [1])]),
        _ => ("set", [("__MACOSX/._x", [1]), .. Folder.Select(file => ($"set/{file.Name}", file.Bytes))]),
    };

    private static byte[] Packed(string kind, (string, byte[])[] files) => kind switch
    {
        "zip" => Zip(files),
        "tar" => Tar(files),
        _ => Made.Gzip(Tar(files)),
    };

    private static string Refusal(byte[] archive, ArchiveLimits? limits = null)
    {
        using var folder = new TempFolder();
        var path = folder.Write("archive", archive);
        var message = Should.Throw<InputException>(() =>
        {
            using var set = LocalDataSet.At(path, limits ?? new());
            using var reader = set.Open();
        }).Message;
        message.ShouldStartWith(path);
        Directory.GetFileSystemEntries(folder.Path).ShouldBe([path]);
        return message;
    }
}
