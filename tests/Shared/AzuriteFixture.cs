using System.Security.Cryptography;

[assembly: AssemblyFixture(typeof(DataCentric.Tests.AzuriteFixture))]

namespace DataCentric.Tests;

/// <summary>
/// One Azurite, the emulator of blob storage, for all tests of an assembly: in memory, with an account of its own, started for the first
/// test that asks for it. Without Node.js those tests are skipped.
/// </summary>
public sealed class AzuriteFixture : IAsyncDisposable
{
    private const string Account = "datacentrictests";

    private readonly Lazy<Task<AzuriteProcess>> _azurite;

    /// <summary>Starts nothing yet.</summary>
    public AzuriteFixture() => _azurite = new(() => Task.Run(() => AzuriteProcess.StartAsync(Account, AccountKey)));

    /// <summary>The account's key, so that tests can see that nothing tells it.</summary>
    public string AccountKey { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>Connection string of an account that is empty at the start; give every test a container of its own.</summary>
    public string ConnectionString
    {
        get
        {
            SkipWithoutNode();
            return ConnectionTo(_azurite.Value.GetAwaiter().GetResult().Endpoint, AccountKey);
        }
    }

    /// <summary>Skips the test where Azurite cannot run.</summary>
    public static void SkipWithoutNode() => Assert.SkipUnless(
        NodePackages.CanInstall, "Azurite needs Node.js 20 or newer with npm; install it, then: npm ci --ignore-scripts --prefix tests/azurite");

    /// <summary>Ends Azurite; what it held is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_azurite.IsValueCreated)
            await (await _azurite.Value).DisposeAsync();
    }

    /// <summary>A connection string.</summary>
    internal static string ConnectionTo(string endpoint, string key, string account = Account) =>
        $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={key};BlobEndpoint={endpoint};";
}
