using System.Diagnostics;
using System.Text;

namespace DataCentric.Cli.Tests;

/// <summary>Runs the tool as users do: a process of its own.</summary>
internal static class Tool
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task<ToolResult> RunAsync(params string[] args)
    {
        using var process = Start(args);
        return await FinishAsync(process);
    }

    public static ToolProcess Start(params string[] args) => Start(args, []);

    public static ToolProcess Start(string[] args, params (string Name, string Value)[] environment) => StartIn("", args, environment);

    /// <summary>Starts it in a folder, so that it can be given relative paths.</summary>
    public static ToolProcess StartIn(string folder, string[] args, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "datacentric.dll") },
        };
        foreach (var arg in args)
            start.ArgumentList.Add(arg);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new ToolProcess(Process.Start(start)!);
    }

    /// <summary>Starts it from a shell that does something before.</summary>
    public static ToolProcess StartAfter(string before, params string[] args)
    {
        var line = string.Join(' ', args.Prepend(Path.Combine(AppContext.BaseDirectory, "datacentric.dll")).Select(arg => $"'{arg}'"));
        return new ToolProcess(Process.Start(new ProcessStartInfo("bash", ["-c", $"{before}; exec dotnet {line}"]) { RedirectStandardOutput = true, RedirectStandardError = true })!);
    }

    public static async Task<ToolResult> FinishAsync(ToolProcess process)
    {
        using var limit = new CancellationTokenSource(Patience);
        await process.Process.WaitForExitAsync(limit.Token);
        return new ToolResult(process.Process.ExitCode, await process.Output, await process.Error);
    }
}

/// <summary>A running tool; killed when disposed before its end.</summary>
internal sealed class ToolProcess : IDisposable
{
    private readonly StringBuilder _error = new();

    public ToolProcess(Process process)
    {
        Process = process;
        Output = process.StandardOutput.ReadToEndAsync();
        Error = ReadErrorAsync();
    }

    public Process Process { get; }

    public Task<string> Output { get; }

    public Task<string> Error { get; }

    /// <summary>What it has written to stderr until now.</summary>
    public string ErrorSoFar
    {
        get
        {
            lock (_error)
                return _error.ToString();
        }
    }


    /// <summary>Waits until a condition holds or the tool ends; true when the condition held.</summary>
    public async Task<bool> WaitUntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            if (Process.HasExited)
                return condition();
            await Task.Delay(10);
        }

        return true;
    }

    /// <summary>Sends a signal by name, such as INT or KILL.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{Process.Id}"]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (!Process.HasExited)
            Process.Kill(entireProcessTree: true);
        Process.Dispose();
    }

    private async Task<string> ReadErrorAsync()
    {
        while (await Process.StandardError.ReadLineAsync() is { } line)
        {
            lock (_error)
                _error.AppendLine(line);
        }

        return ErrorSoFar;
    }
}

/// <summary>How a run of the tool ended.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Error);
