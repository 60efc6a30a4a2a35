using System.Security.Cryptography;

namespace DataCentric.Tests;

/// <summary>Test classes in this collection share one Azurite, the emulator of blob storage.</summary>
[CollectionDefinition(Name)]
public sealed class WithAzurite : ICollectionFixture<AzuriteFixture>
{
    /// <summary>Name of the collection.</summary>
    public const string Name = "Azurite";
}

/// <summary>Starts an Azurite in memory, with an account of its own, and ends it. Without Node.js the tests that ask for it are skipped.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private const string Account = "datacentrictests";

    private AzuriteProcess? _azurite;

    /// <summary>The account's key, so that tests can see that nothing tells it.</summary>
    public string AccountKey { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>Connection string of an account that is empty at the start; give every test a container of its own.</summary>
    public string ConnectionString
    {
        get
        {
            SkipWithoutNode();
            return ConnectionTo(_azurite!.Endpoint, AccountKey);
        }
    }

    /// <summary>Skips the test where Azurite cannot run.</summary>
    public static void SkipWithoutNode() => Assert.SkipUnless(
        NodePackages.CanInstall, "Azurite needs Node.js 20 or newer with npm; install it, then: npm ci --ignore-scripts --prefix tests/azurite");

    /// <summary>Starts it.</summary>
    public async ValueTask InitializeAsync() => _azurite = NodePackages.CanInstall ? await AzuriteProcess.StartAsync(Account, AccountKey) : null;

    /// <summary>Ends Azurite; what it held is gone.</summary>
    public ValueTask DisposeAsync() => _azurite?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>A connection string.</summary>
    internal static string ConnectionTo(string endpoint, string key, string account = Account) =>
        $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={key};BlobEndpoint={endpoint};";
}
