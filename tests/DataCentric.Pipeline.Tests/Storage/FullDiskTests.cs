using System.Diagnostics;
using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Tests.Storage;

/// <summary>A folder on a file system of 1 MiB, where the machine lets the tests mount one.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private bool _mounted;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(2_000_000)] // Fails while it is written.
    [InlineData(100_000)] // Fits the buffer, and fails when it goes to the disk.
    public async Task On_a_full_disk_the_error_names_the_item_the_old_one_stays_and_the_space_comes_back(int length)
    {
        MountSmallDisk();
        var store = new FolderStore(_folder.Path);
        var old = Enumerable.Repeat((byte)7, 960_000).ToArray();
        await store.WriteAllBytesAsync("old", old, Token);

        foreach (var name in new[] { "old", "new" })
        {
            var e = await Should.ThrowAsync<StoreException>(() => store.WriteAllBytesAsync(name, new byte[length], Token));
            e.Message.ShouldStartWith($"{_folder.Path}: cannot write '{name}': ");
            e.Message.ShouldContain("No space left on device");
        }

        (await store.ReadAllBytesAsync("old", Token)).AsSpan().SequenceEqual(old).ShouldBeTrue();
        Directory.GetFiles(_folder.Path).ShouldHaveSingleItem();
        await store.WriteAllBytesAsync("small", new byte[10_000], Token);
        (await store.ReadAllBytesAsync("small", Token)).Length.ShouldBe(10_000);
    }

    [Fact]
    public async Task A_writer_that_swallows_the_error_does_not_bring_a_torn_item_in()
    {
        MountSmallDisk();
        var store = new FolderStore(_folder.Path);

        await Should.ThrowAsync<StoreException>(() => store.WriteAsync("item", async (stream, token) =>
        {
            try
            {
                await stream.WriteAsync(new byte[2_000_000], token);
            }
            catch (StoreException)
            {
            }
        }, Token));

        Directory.GetFiles(_folder.Path).ShouldBeEmpty();
    }

    public void Dispose()
    {
        if (_mounted)
            Run("umount", _folder.Path);
        _folder.Dispose();
    }

    private void MountSmallDisk()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root on Linux can mount a small disk.");
        _mounted = Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", _folder.Path);
        Assert.SkipUnless(_mounted, "This machine does not allow to mount a small disk.");
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
