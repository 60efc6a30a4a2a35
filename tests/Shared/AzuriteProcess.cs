using System.Diagnostics;
using System.Text.RegularExpressions;

namespace DataCentric.Tests;

/// <summary>One run of the Azurite of tests/azurite (installed by <c>npm ci</c> at the first use) on 127.0.0.1, with an account of its own.</summary>
internal sealed partial class AzuriteProcess : IAsyncDisposable
{
    private static readonly string Folder = Path.Combine(RealData.Root, "tests", "azurite");

    private readonly Process _process;

    private AzuriteProcess(Process process, string endpoint) => (_process, Endpoint) = (process, endpoint);

    /// <summary>Address of the account.</summary>
    public string Endpoint { get; }

    /// <summary>Its port.</summary>
    public int Port => new Uri(Endpoint).Port;

    /// <summary>Starts it and waits until it listens.</summary>
    /// <param name="account">Name of the account.</param>
    /// <param name="key">Its key, base64.</param>
    /// <param name="location">Folder that keeps what is stored; null keeps it in memory.</param>
    /// <param name="port">Port; 0 takes a free one.</param>
    public static async Task<AzuriteProcess> StartAsync(string account, string key, string? location = null, int port = 0)
    {
        await NodePackages.InstallAsync(Folder);
        var start = new ProcessStartInfo("node")
        {
            ArgumentList =
            {
                "--require", "./exit-with-parent.js", "node_modules/azurite/dist/src/blob/main.js",
                "--blobHost", "127.0.0.1", "--blobPort", $"{port}",
                // The SDK speaks a newer version of the service than Azurite knows.
                "--skipApiVersionCheck", "--disableTelemetry", "--silent",
            },
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["AZURITE_ACCOUNTS"] = $"{account}:{key}" },
        };
        foreach (var argument in location is null ? ["--inMemoryPersistence"] : new[] { "--location", location })
            start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (Listening().Match(line) is { Success: true } match)
            {
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None); // A full pipe would stop it.
                return new AzuriteProcess(process, $"{match.Groups[1].Value}/{account}");
            }
        }

        throw new InvalidOperationException("Azurite did not start: " + await errors);
    }

    /// <summary>Ends it in good order: it writes what it has confirmed. A killed one forgets the last five seconds of it.</summary>
    public async Task StopAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
    }

    /// <summary>Ends it as a kill does.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    [GeneratedRegex(@"successfully listens on (http://\S+)")]
    private static partial Regex Listening();
}
