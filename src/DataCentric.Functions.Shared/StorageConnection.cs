using Microsoft.Extensions.Configuration;

namespace DataCentric.Functions;

/// <summary>
/// The account of data sets, runs and results, by one connection that the upload triggers are bound to as well: so a data set is looked up
/// where its upload was seen.
/// </summary>
public static class StorageConnection
{
    /// <summary>
    /// Name of the connection. The setting of this name is a connection string; or it begins the names of settings for an identity, as the
    /// blob trigger wants them: <c>__blobServiceUri</c>, <c>__queueServiceUri</c>, <c>__credential</c> and <c>__clientId</c>.
    /// </summary>
    public const string Name = "DataCentricStorage";

    /// <summary>The account that the settings name.</summary>
    /// <param name="settings">The app's settings.</param>
    /// <returns>A connection string, or the https address of the account's blobs.</returns>
    /// <exception cref="InputException">The connection is missing.</exception>
    public static string AccountOf(IConfiguration settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        string?[] values = [settings[Name], settings[$"{Name}:blobServiceUri"]];
        return values.FirstOrDefault(value => value is { Length: > 0 })
            ?? throw new InputException($"The setting {Name} is missing: expected a storage connection string, or {Name}__blobServiceUri with the address of an account.");
    }
}
