using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Tests.Storage;

public sealed class StoredCheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_written_is_read_and_can_be_forgotten()
    {
        var checkpoint = NewCheckpoint();
        checkpoint.OpenRead().ShouldBeNull();

        checkpoint.Write(stream => stream.Write([1, 2, 3]));

        Read(checkpoint).ShouldBe([1, 2, 3]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(34)]
    public void A_checkpoint_that_was_cut_is_none(int length)
    {
        NewCheckpoint().Write(stream => stream.Write([1, 2, 3]));
        File.WriteAllBytes(PathOf, File.ReadAllBytes(PathOf)[..length]);

        NewCheckpoint().OpenRead().ShouldBeNull();
    }

    [Fact]
    public void A_checkpoint_with_one_wrong_bit_in_its_weights_is_none()
    {
        NewCheckpoint().Write(stream => stream.Write(new byte[1000]));
        var bytes = File.ReadAllBytes(PathOf);
        bytes[500] ^= 1;
        File.WriteAllBytes(PathOf, bytes);

        NewCheckpoint().OpenRead().ShouldBeNull();
    }

    private string PathOf => Path.Combine(_folder.Path, "state");

    private StoredCheckpoint NewCheckpoint() => new(new FolderStore(_folder.Path), "state", CancellationToken.None);

    private static byte[] Read(StoredCheckpoint checkpoint)
    {
        using var stream = checkpoint.OpenRead()!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
