using System.Diagnostics;
using System.Globalization;

namespace DataCentric.Benchmarks.Attack;

/// <summary>The other end of <see cref="IterationSide"/>.</summary>
internal sealed class IterationProcess : IDisposable
{
    private readonly Process _process;
    private readonly string[] _said;

    public IterationProcess(string side, string networks, Arguments given)
    {
        Batch = given.Number("--batch", 32);
        string[] arguments =
        [
            "iteration", "--side", side, "--networks", networks, "--batch", $"{Batch}",
            "--diversity", given.Text("--diversity") ?? "1", "--precision", given.Text("--precision") ?? "auto",
        ];
        _process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [.. Own(), .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        _said = (_process.StandardOutput.ReadLine() ?? "").Split(' ');
    }

    public int Batch { get; }

    public bool IsBfloat16 => _said.Last() == "BFloat16";

    /// <summary>Working set after each round.</summary>
    public List<int> Mebibytes { get; } = [];

    public bool HasEnded => _process.HasExited;

    /// <summary>Image-iterations per processor second; not a number once the process has ended.</summary>
    public double Rate(int seconds)
    {
        try
        {
            _process.StandardInput.WriteLine(seconds);
        }
        catch (IOException)
        {
            return double.NaN; // It ended before.
        }

        if (_process.StandardOutput.ReadLine()?.Split(' ') is not { } words)
            return double.NaN;
        Mebibytes.Add(int.Parse(words[1], CultureInfo.InvariantCulture));
        return double.Parse(words[0], CultureInfo.InvariantCulture);
    }

    /// <summary>What the program is started by again: its file comes first where it was started as <c>dotnet FILE.dll</c>.</summary>
    private static string[] Own() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(IterationProcess).Assembly.Location] : [];

    public void Dispose()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // What was written last is not read any more.
        }

        _process.WaitForExit();
        _process.Dispose();
    }
}
