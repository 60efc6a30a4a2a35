namespace DataCentric.Core.Tests;

public sealed class ExactReadingTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Bytes_out_of_the_middle_are_those_that_lie_there()
    {
        File.WriteAllBytes(_path, [.. Enumerable.Range(0, 200).Select(value => (byte)value)]);

        ExactReading.At(_path, 150, 3, () => "place").ShouldBe([150, 151, 152]);
        ExactReading.At(_path, 500, 0, () => "place").ShouldBeEmpty();
        Should.Throw<InputException>(() => ExactReading.At(_path, 198, 3, () => "place")).Message.ShouldStartWith("place: the file ends after 2 of 3 bytes");
    }

    [Fact]
    public void A_sparsely_read_file_is_read_as_any_other()
    {
        File.WriteAllBytes(_path, [.. Enumerable.Range(0, 20_000).Select(value => (byte)(value / 100))]);
        using var stream = ExactReading.OpenSparse(_path);

        ExactReading.Skip(stream, 9_950, () => "place");

        ExactReading.Start(stream, 2).ShouldBe([99, 99]);
        stream.CanSeek.ShouldBeTrue();
    }
}
