using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Tests.Storage;

public sealed class GuardedStreamTests
{
    [Fact]
    public async Task A_full_disk_is_explained_and_remembered_though_the_writer_swallows_it()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "Needs the device that is always full; Linux has /dev/full.");
        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        using var stream = new GuardedStream(full, e => new StoreException("cannot write 'item': " + e.Message, e), ownsInner: false);

        var e = Should.Throw<StoreException>(() => stream.Write(new byte[10]));

        e.Message.ShouldContain("cannot write 'item': No space left on device");
        (await Should.ThrowAsync<StoreException>(async () => await stream.WriteAsync(new byte[1], CancellationToken.None))).ShouldBe(e);
        Should.Throw<StoreException>(stream.ThrowIfFaulted).ShouldBe(e);
    }

    [Fact]
    public void What_is_not_the_storages_fault_passes_unchanged_and_is_remembered_too()
    {
        using var stream = new GuardedStream(new Broken(), _ => null, ownsInner: false);

        Should.Throw<OperationCanceledException>(() => stream.Write(new byte[1]));

        Should.Throw<OperationCanceledException>(stream.ThrowIfFaulted);
    }

    [Fact]
    public void It_is_forward_only()
    {
        using var stream = new GuardedStream(new MemoryStream(), _ => null, ownsInner: true);

        (stream.CanSeek, stream.CanWrite, stream.CanRead).ShouldBe((false, true, false));
        Should.Throw<NotSupportedException>(() => stream.Seek(0, SeekOrigin.Begin));
        Should.Throw<NotSupportedException>(() => stream.Position = 0);
    }

    private sealed class Broken : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new OperationCanceledException();
    }
}
