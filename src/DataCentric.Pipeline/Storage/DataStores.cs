using System.Text.RegularExpressions;
using Azure.Identity;
using Azure.Storage.Blobs;

namespace DataCentric.Pipeline.Storage;

/// <summary>Opens the store that a user's <c>--storage</c> value (or a host's setting) names.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>folder</term><description>Any path, such as <c>out/store</c>.</description></item>
/// <item><term>connection string</term><description>As the Azure portal gives it, or <c>UseDevelopmentStorage=true</c> for Azurite, with
/// <c>;Container=name</c> and <c>;Prefix=folder/in/it</c> added where wanted.</description></item>
/// <item><term>address</term><description><c>https://account.blob.core.windows.net/container/folder/in/it</c>, for the signed-in identity
/// (DefaultAzureCredential) or with a SAS as its query.</description></item>
/// </list>
/// Where no container is named it is <c>datacentric</c>.
/// </remarks>
public static partial class DataStores
{
    /// <summary>The container when none is named.</summary>
    public const string DefaultContainer = "datacentric";

    private const string Expected = "expected a folder, a blob connection string (such as UseDevelopmentStorage=true;Container=name), " +
        "or an address such as https://account.blob.core.windows.net/container";

    /// <summary>Opens the store; touches nothing yet, so a wrong key or a missing permission shows with the first use.</summary>
    /// <param name="storage">Folder, connection string or address.</param>
    /// <exception cref="InputException">The value is none of these; the message repeats nothing that could be a secret.</exception>
    public static IDataStore Open(string storage)
    {
        ArgumentNullException.ThrowIfNull(storage);
        if (Address().IsMatch(storage))
            return OpenAddress(storage);
        return ConnectionString().IsMatch(storage) ? OpenConnection(storage) : OpenFolder(storage);
    }

    /// <summary>Opens a container of an account.</summary>
    /// <param name="account">A connection string or address as in <see cref="Open(string)"/> that names no container, or a folder of containers.</param>
    /// <param name="container">Name of the container.</param>
    /// <exception cref="InputException">The account is none of these.</exception>
    public static IDataStore Open(string account, string container)
    {
        ArgumentNullException.ThrowIfNull(account);
        CheckContainer(container);
        if (Address().IsMatch(account))
            return Open($"{account.TrimEnd('/')}/{container}");
        return Open(ConnectionString().IsMatch(account) ? $"{account};Container={container}" : Path.Combine(account, container));
    }

    /// <summary>Whether a value is an address or a connection string rather than a path.</summary>
    /// <param name="storage">Folder, connection string or address.</param>
    public static bool IsRemote(string storage) => Address().IsMatch(storage) || ConnectionString().IsMatch(storage);

    /// <summary>Opens the store that holds an item, and names the item in it.</summary>
    /// <param name="storage">An address or connection string as in <see cref="Open(string)"/> whose last part names a blob, or a prefix of blobs.</param>
    /// <exception cref="InputException">It names a container at most.</exception>
    public static (IDataStore Store, string Name) OpenItem(string storage)
    {
        ArgumentNullException.ThrowIfNull(storage);
        return (Address().IsMatch(storage) ? Blobs(storage) : Connection(storage)) is (var store, { Length: > 0 } path)
            ? (Below(store, path[..Math.Max(0, path.LastIndexOf('/'))]), path[(path.LastIndexOf('/') + 1)..])
            : throw new InputException("Name a blob or a folder of blobs: https://account.blob.core.windows.net/container/folder, "
                + "or a connection string with ;Container=name;Prefix=folder.");
    }

    private static IDataStore OpenAddress(string storage)
    {
        var (store, prefix) = Blobs(storage);
        return Below(store, prefix);
    }

    private static IDataStore OpenConnection(string storage)
    {
        var (store, prefix) = Connection(storage);
        return Below(store, prefix);
    }

    private static (BlobStore Store, string Prefix) Blobs(string storage)
    {
        if (!Uri.TryCreate(storage, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http") || uri.UserInfo.Length > 0)
            throw new InputException($"The storage address cannot be used: {Expected}.");
        var place = new BlobUriBuilder(uri);
        var (container, prefix) = (place.BlobContainerName, place.BlobName.Trim('/'));
        place.BlobContainerName = CheckContainer(container.Length == 0 ? DefaultContainer : container);
        place.BlobName = "";
        if (place.Sas is null && uri.Scheme == "http")
            throw new InputException("A storage address without a SAS must begin with https: an identity's token is never sent in clear.");
        var client = place.Sas is not null
            ? new BlobContainerClient(place.ToUri(), BlobStore.ClientOptions())
            : new BlobContainerClient(place.ToUri(), new DefaultAzureCredential(), BlobStore.ClientOptions());
        return (new BlobStore(client), prefix);
    }

    private static (BlobStore Store, string Prefix) Connection(string storage)
    {
        var (container, prefix) = (DefaultContainer, "");
        var rest = new List<string>();
        foreach (var part in storage.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.StartsWith("Container=", StringComparison.OrdinalIgnoreCase))
                container = CheckContainer(part["Container=".Length..]);
            else if (part.StartsWith("Prefix=", StringComparison.OrdinalIgnoreCase))
                prefix = part["Prefix=".Length..].Trim('/');
            else
                rest.Add(part);
        }
        try
        {
            return (new BlobStore(new BlobContainerClient(string.Join(';', rest), container, BlobStore.ClientOptions())), prefix);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException or UriFormatException)
        {
            // Without the inner exception: its text may repeat parts of the string.
            throw new InputException("The storage connection string cannot be read: expected UseDevelopmentStorage=true, or AccountName "
                + "and AccountKey, or BlobEndpoint and SharedAccessSignature, joined by ';' as the Azure portal shows them.");
        }
    }

    private static FolderStore OpenFolder(string storage)
    {
        if (string.IsNullOrWhiteSpace(storage) || storage.Contains('\0'))
            throw new InputException($"The storage is empty or not a path: {Expected}.");
        return File.Exists(storage)
            ? throw new InputException($"The storage '{storage}' is a file: {Expected}.")
            : new FolderStore(storage);
    }

    private static string CheckContainer(string name) => ContainerName().IsMatch(name)
        ? name
        : throw new InputException("The name of the storage container must be 3 to 63 lower-case letters, digits and single hyphens, and "
            + "begin and end with a letter or digit.");

    private static IDataStore Below(BlobStore store, string prefix) => prefix.Length == 0 ? store : store.Below(prefix);

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9+.-]+://")]
    private static partial Regex Address();

    [GeneratedRegex(
        "(^|;)\\s*(UseDevelopmentStorage|DefaultEndpointsProtocol|AccountName|AccountKey|BlobEndpoint|SharedAccessSignature)\\s*=",
        RegexOptions.IgnoreCase)]
    private static partial Regex ConnectionString();

    [GeneratedRegex("^(?=.{3,63}\\z)[a-z0-9]+(-[a-z0-9]+)*\\z")]
    private static partial Regex ContainerName();
}
