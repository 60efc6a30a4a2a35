using System.Diagnostics;
using System.Text.Json;

namespace DataCentric.Tests;

/// <summary>Reads and writes data sets with programs that know nothing of this project: Python with numpy and Pillow, DuckDB. Skips where one is missing.</summary>
internal static class ForeignReader
{
    private static readonly Lazy<string?> Python = new(() => FindPython("numpy, PIL"));
    private static readonly Lazy<string?> PythonWithNumpy = new(() => FindPython("numpy"));
    private static readonly Lazy<string?> PythonWithTorchvision = new(() => FindPython("numpy, torchvision"));

    /// <summary>Reads a set with tests/foreign/read_set.py.</summary>
    /// <param name="format">One of npy, cifar, folder, webdataset.</param>
    /// <param name="path">What the format lies in.</param>
    public static async Task<ForeignSet> ReadAsync(string format, string path)
    {
        var json = await RunPythonAsync("read_set.py", format, path);
        return JsonSerializer.Deserialize<ForeignSet>(json, JsonSerializerOptions.Web)!;
    }

    /// <summary>Writes npz files, pickles, folders and archives with tests/foreign/write_set.py.</summary>
    /// <param name="source">A folder with data.npy (32x32) and label.npy (int64).</param>
    /// <param name="target">Folder for the files.</param>
    public static Task WriteAsync(string source, string target) => RunPythonAsync("write_set.py", source, target);

    /// <summary>Brings pictures to a size with tests/foreign/resize.py: raw RGB files in a folder.</summary>
    /// <param name="source">Folder of pictures.</param>
    /// <param name="target">Folder for the raw files, named as the pictures.</param>
    /// <param name="arguments">Side, fit and filter.</param>
    public static Task ResizeAsync(string source, string target, params string[] arguments) => RunPythonAsync("resize.py", [source, target, .. arguments]);

    /// <summary>Writes sets with a script of tests/foreign that needs no source.</summary>
    /// <param name="script">Name of the script.</param>
    /// <param name="target">Folder for the files.</param>
    public static Task WriteBySelfAsync(string script, string target) => RunPythonAsync(script, target);

    /// <summary>Reads a Parquet file with DuckDB: members columns, rows, metadata.</summary>
    public static async Task<JsonElement> ReadParquetAsync(string file) => JsonDocument.Parse(await RunDuckDbAsync("read.js", file)).RootElement;

    /// <summary>Runs a statement of DuckDB, such as one that writes a Parquet file.</summary>
    public static Task WriteParquetAsync(string statement) => RunDuckDbAsync("write.js", statement);

    private static async Task<string> RunDuckDbAsync(string script, string argument)
    {
        if (!NodePackages.CanInstall)
            Assert.Skip("DuckDB needs Node.js 20 or newer with npm.");
        var folder = Path.Combine(RealData.Root, "tests", "parquet-reader");
        await NodePackages.InstallAsync(folder);
        return await RunAsync("node", [Path.Combine(folder, script), argument]);
    }

    /// <summary>Writes weights of torchvision and what its network computes with them, by tests/foreign/torchvision_weights.py.</summary>
    /// <param name="network">Its name in torchvision.</param>
    /// <param name="folder">Folder for the files.</param>
    /// <param name="sides">Sides of the images that are classified.</param>
    public static Task WriteTorchvisionAsync(string network, string folder, params int[] sides)
    {
        if (PythonWithTorchvision.Value is null)
            Assert.Skip("Python with torchvision is not here; on Debian: apt-get install python3-torchvision");
        return RunAsync(PythonWithTorchvision.Value!, [Script("torchvision_weights.py"), network, folder, .. sides.Select(side => $"{side}")]);
    }

    /// <summary>Runs the tests of the Python package in python/.</summary>
    /// <param name="tool">The command line that it is to call, in the words of a POSIX shell.</param>
    /// <exception cref="InvalidOperationException">A test failed; the message is what unittest says.</exception>
    public static Task TestPackageAsync(string tool)
    {
        if (PythonWithNumpy.Value is null)
            Assert.Skip("Python with numpy is not here; on Debian: apt-get install python3-numpy");
        return RunAsync(
            PythonWithNumpy.Value!, ["-m", "unittest", "discover", "-s", Path.Combine(RealData.Root, "python", "tests")],
            ("DATACENTRIC_TOOL", tool), ("PYTHONDONTWRITEBYTECODE", "1"));
    }

    private static Task<string> RunPythonAsync(string script, params string[] arguments)
    {
        if (Python.Value is null)
            Assert.Skip("Python with numpy and Pillow is not here; on Debian: apt-get install python3-numpy python3-pil");
        return RunAsync(Python.Value!, [Script(script), .. arguments]);
    }

    private static string Script(string name) => Path.Combine(RealData.Root, "tests", "foreign", name);

    private static string? FindPython(string modules)
    {
        string[] candidates = [Environment.GetEnvironmentVariable("DATACENTRIC_PYTHON") ?? "/usr/bin/python3", "python3"];
        return candidates.FirstOrDefault(python =>
        {
            try
            {
                RunAsync(python, ["-c", $"import {modules}"]).Wait();
                return true;
            }
            catch (Exception e) when (e is AggregateException or System.ComponentModel.Win32Exception)
            {
                return false;
            }
        });
    }

    private static async Task<string> RunAsync(string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{program}: {await error}");
    }
}

/// <summary>What a foreign reader found.</summary>
/// <param name="Labels">Class index of each image, in the order of the set.</param>
/// <param name="Sha256">Hash of each image's pixels, H x W x 3 bytes.</param>
/// <param name="Classes">Names of the classes in label order, where the format has them.</param>
internal sealed record ForeignSet(int[] Labels, string[] Sha256, string[]? Classes);
