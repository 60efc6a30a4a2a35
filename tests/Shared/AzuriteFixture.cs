using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace DataCentric.Tests;

/// <summary>Test classes in this collection share one Azurite, the emulator of blob storage.</summary>
[CollectionDefinition(Name)]
public sealed class WithAzurite : ICollectionFixture<AzuriteFixture>
{
    /// <summary>Name of the collection.</summary>
    public const string Name = "Azurite";
}

/// <summary>
/// Starts the Azurite of tests/azurite (installed by <c>npm ci</c> at the first use) on a free port of 127.0.0.1, in memory, with an
/// account of its own, and ends it. Without Node.js the tests that ask for it are skipped.
/// </summary>
public sealed partial class AzuriteFixture : IAsyncLifetime
{
    private const string Account = "datacentrictests";

    private static readonly string Folder = Path.Combine(RealData.Root, "tests", "azurite");

    private readonly string _key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private Process? _azurite;
    private string? _endpoint;

    /// <summary>The account's key, so that tests can see that nothing tells it.</summary>
    public string AccountKey => _key;

    /// <summary>Connection string of an account that is empty at the start; give every test a container of its own.</summary>
    public string ConnectionString
    {
        get
        {
            if (_endpoint is null)
                Assert.Skip("Azurite needs Node.js 20 or newer with npm; install it, then: npm ci --ignore-scripts --prefix tests/azurite");
            return $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={_key};BlobEndpoint={_endpoint};";
        }
    }

    /// <summary>Installs where needed, starts, and waits until Azurite listens.</summary>
    public async ValueTask InitializeAsync()
    {
        if (!NodePackages.CanInstall)
            return;
        await NodePackages.InstallAsync(Folder);
        var start = new ProcessStartInfo("node")
        {
            ArgumentList =
            {
                "--require", "./exit-with-parent.js", "node_modules/azurite/dist/src/blob/main.js",
                "--blobHost", "127.0.0.1", "--blobPort", "0",
                // The SDK speaks a newer version of the service than Azurite knows.
                "--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry", "--silent",
            },
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["AZURITE_ACCOUNTS"] = $"{Account}:{_key}" },
        };
        _azurite = Process.Start(start)!;
        var errors = _azurite.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (await _azurite.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (Listening().Match(line) is { Success: true } match)
            {
                _endpoint = $"{match.Groups[1].Value}/{Account}";
                _ = _azurite.StandardOutput.ReadToEndAsync(CancellationToken.None); // A full pipe would stop it.
                return;
            }
        }
        throw new InvalidOperationException("Azurite did not start: " + await errors);
    }

    /// <summary>Ends Azurite; what it held is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_azurite is null)
            return;
        _azurite.Kill(entireProcessTree: true);
        await _azurite.WaitForExitAsync();
        _azurite.Dispose();
    }

    [GeneratedRegex(@"successfully listens on (http://\S+)")]
    private static partial Regex Listening();
}
