using System.Diagnostics;

namespace DataCentric.Tests;

/// <summary>Node.js packages that tests use, installed at their first use.</summary>
internal static class NodePackages
{
    /// <summary>Whether node and npm are there.</summary>
    public static bool CanInstall => OnPath("node") && OnPath("npm");

    /// <summary>
    /// Installs what package-lock.json names, unless it is there. Several test projects may come here at once; the first installs, the
    /// others wait. npm writes the marker last.
    /// </summary>
    public static async Task InstallAsync(string folder)
    {
        using var installing = await LockAsync(Path.Combine(folder, ".install.lock"));
        var marker = new FileInfo(Path.Combine(folder, "node_modules", ".package-lock.json"));
        if (marker.Exists && marker.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(folder, "package-lock.json")))
            return;
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm")
        {
            // Not ci: it refuses a lock file that lacks binaries of other systems, which not every registry has.
            ArgumentList = { "install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund" },
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var npm = Process.Start(start)!;
        var (output, errors) = (npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync());
        await npm.WaitForExitAsync();
        if (npm.ExitCode != 0)
            throw new InvalidOperationException($"npm install in {folder} failed: {await output}{await errors}");
    }

    private static async Task<FileStream> LockAsync(string path)
    {
        for (var waited = TimeSpan.Zero; ; waited += TimeSpan.FromMilliseconds(200))
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited < TimeSpan.FromMinutes(5))
            {
                await Task.Delay(200);
            }
        }
    }

    private static bool OnPath(string program)
    {
        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd"] : [""];
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.Any(folder => endings.Any(ending => File.Exists(Path.Combine(folder, program + ending))));
    }
}
