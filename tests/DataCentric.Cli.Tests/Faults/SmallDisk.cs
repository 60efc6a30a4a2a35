using System.Diagnostics;

namespace DataCentric.Cli.Tests.Faults;

/// <summary>A folder on a file system of its own, where the machine lets the tests mount one; else the test is skipped.</summary>
internal sealed class SmallDisk : IDisposable
{
    public SmallDisk(string path, string size)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root on Linux can mount a small disk.");
        Directory.CreateDirectory(Path = path);
        Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", path), "This machine does not allow to mount a small disk.");
    }

    public string Path { get; }

    /// <summary>Changes it, such as <c>size=64m</c> or <c>ro</c>.</summary>
    public void Remount(string option) => Run("mount", "-o", $"remount,{option}", Path).ShouldBeTrue(option);

    public void Dispose() => Run("umount", Path);

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
