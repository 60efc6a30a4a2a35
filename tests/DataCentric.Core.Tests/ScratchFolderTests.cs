namespace DataCentric.Core.Tests;

public sealed class ScratchFolderTests : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("datacentric-core-").FullName;

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    [Fact]
    public void A_disposed_folder_leaves_nothing()
    {
        using (var scratch = ScratchFolder.Create(_parent))
            File.WriteAllText(Path.Combine(scratch.Path, "picture"), "x");

        Directory.GetFileSystemEntries(_parent).ShouldBeEmpty();
    }

    [Fact]
    public void A_sweep_removes_the_folder_of_a_dead_process_and_no_other()
    {
        using var living = ScratchFolder.Create(_parent);
        var dead = Dead("datacentric-scratch-dead");
        var foreign = Directory.CreateDirectory(Path.Combine(_parent, "datacentric-scratch-foreign")).FullName;
        File.WriteAllText(Path.Combine(foreign, "thesis"), "x");
        var other = Dead("photos");

        ScratchFolder.Sweep(_parent);

        Directory.Exists(dead).ShouldBeFalse();
        Directory.Exists(living.Path).ShouldBeTrue();
        File.Exists(Path.Combine(foreign, "thesis")).ShouldBeTrue();
        Directory.Exists(other).ShouldBeTrue();
    }

    [Fact]
    public void The_first_folder_of_a_process_sweeps()
    {
        var dead = Dead("datacentric-scratch-dead");

        using var scratch = ScratchFolder.Create(_parent);

        Directory.Exists(dead).ShouldBeFalse();
    }

    [Fact]
    public void A_link_to_a_folder_of_the_user_is_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        var own = Dead("photos");
        Directory.CreateSymbolicLink(Path.Combine(_parent, "datacentric-scratch-link"), own);
        var dead = Dead("datacentric-scratch-dead");
        Directory.Delete(Path.Combine(dead, "files"), recursive: true);
        Directory.CreateSymbolicLink(Path.Combine(dead, "files"), Path.Combine(own, "files"));

        ScratchFolder.Sweep(_parent);

        File.Exists(Path.Combine(own, "files", "picture")).ShouldBeTrue();
        Directory.Exists(dead).ShouldBeFalse();
    }

    [Fact]
    public void Sweeps_and_new_folders_at_once_never_take_a_living_one()
    {
        var lost = 0;
        Parallel.For(0, 400, i =>
        {
            if (i % 4 == 0)
            {
                ScratchFolder.Sweep(_parent);
                return;
            }

            using var scratch = ScratchFolder.Create(_parent);
            var file = Path.Combine(scratch.Path, "picture");
            File.WriteAllText(file, "x");
            Thread.Yield();
            if (!File.Exists(file))
                Interlocked.Increment(ref lost);
        });

        lost.ShouldBe(0);
        Directory.GetFileSystemEntries(_parent).ShouldBeEmpty();
    }

    /// <summary>A folder as a killed process leaves it: its lock is held by nobody.</summary>
    private string Dead(string name)
    {
        var folder = Path.Combine(_parent, name);
        Directory.CreateDirectory(Path.Combine(folder, "files"));
        File.WriteAllText(Path.Combine(folder, "files", "picture"), "x");
        File.WriteAllText(Path.Combine(folder, "lock"), "\n");
        return folder;
    }
}
