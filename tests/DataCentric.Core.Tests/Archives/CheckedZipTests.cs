using System.IO.Compression;
using DataCentric.Archives;

namespace DataCentric.Core.Tests.Archives;

public class CheckedZipTests
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 300).Select(n => (byte)(n * n))];

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void Entries_are_read_whole_and_from_front_to_back(CompressionLevel level)
    {
        using var zip = Open(MadeZip.Of(level, ("a", Content), ("folder/b", [7])));

        zip.Files.Select(entry => entry.FullName).ShouldBe(["a", "folder/b"]);
        zip.Read(zip.Find("a")!).ShouldBe(Content);
        using var stream = zip.Open(zip.Find("a")!);
        ExactReading.Start(stream, 100).ShouldBe(Content[..100]);
        zip.Find("c").ShouldBeNull();
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void Every_flipped_bit_is_refused_by_file_and_entry(CompressionLevel level)
    {
        foreach (var (_, damaged) in MadeZip.WithFlippedBits(MadeZip.Of(level, ("a", Content))))
        {
            using var zip = Open(damaged);
            try
            {
                zip.Read(zip.Find("a")!).ShouldBe(Content); // the last byte of deflated data has bits that mean nothing
            }
            catch (InputException refused)
            {
                refused.Message.ShouldStartWith("file.zip: \"a\" is broken or truncated");
            }
        }
    }

    [Fact]
    public void Two_entries_of_one_name_are_refused() =>
        Should.Throw<InputException>(() => Open(MadeZip.Of(CompressionLevel.Optimal, ("a", [1]), ("a", [2]))))
            .Message.ShouldBe("file.zip: holds two files of the name \"a\".");

    [Fact]
    public void An_encrypted_entry_is_refused()
    {
        var bytes = MadeZip.Of(CompressionLevel.Optimal, ("a", Content));
        bytes[bytes.AsSpan().IndexOf("PK\u0001\u0002"u8) + 8] |= 1; // general purpose bit 0

        using var zip = Open(bytes);

        Should.Throw<InputException>(() => zip.Read(zip.Find("a")!)).Message.ShouldBe("file.zip: \"a\" is encrypted.");
    }

    [Fact]
    public void What_is_read_and_allowed_stays_within_the_bound()
    {
        using var zip = Open(MadeZip.Of(CompressionLevel.Optimal, ("a", Content), ("b", Content)), 500);

        zip.Read(zip.Find("a")!);
        zip.Allow(25, 4, "a table");

        Should.Throw<InputException>(() => zip.Allow(101, 1, "a table")).Message.ShouldBe("file.zip: a table takes 101 x 1 bytes; a test may take 500 in all.");
        Should.Throw<InputException>(() => zip.Read(zip.Find("b")!)).Message.ShouldBe("file.zip: \"b\" takes 300 x 1 bytes; a test may take 500 in all.");
    }

    [Fact]
    public void What_is_no_zip_file_is_refused() => Should.Throw<InputException>(() => Open(Content)).Message.ShouldStartWith("file.zip: a broken or truncated zip file");

    private static CheckedZip Open(byte[] bytes, long most = long.MaxValue) => new(new MemoryStream(bytes), "file.zip", most, "a test");
}
