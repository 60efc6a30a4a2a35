namespace DataCentric.Pipeline.Storage;

/// <summary>
/// The storage refused or failed: no space, no permission, no network, a conflict. The message names the place and the item and says why,
/// and holds no secret.
/// </summary>
public class StoreException : IOException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">Which item, where, and why.</param>
    /// <param name="inner">What the file system or the service said, if anything.</param>
    public StoreException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

/// <summary>An item that should be read is not there.</summary>
internal sealed class StoreItemMissingException : StoreException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="location">Where the store is.</param>
    /// <param name="name">Name of the item.</param>
    /// <param name="inner">What the file system or the service said, if anything.</param>
    public StoreItemMissingException(string location, string name, Exception? inner = null)
        : base($"{location}: there is no '{name}'.", inner)
    {
    }
}

/// <summary>An item is there but is not what it should be: shorter than the range asked for, or not the document expected.</summary>
internal sealed class StoreItemBrokenException : StoreException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="location">Where the store is.</param>
    /// <param name="name">Name of the item.</param>
    /// <param name="problem">What is wrong with it, as the end of a sentence.</param>
    /// <param name="inner">What brought it to light, if anything.</param>
    public StoreItemBrokenException(string location, string name, string problem, Exception? inner = null)
        : base($"{location}: '{name}' {problem}.", inner)
    {
    }
}

/// <summary>Messages that several stores share.</summary>
internal static class StoreErrors
{
    /// <summary>The item ends before the range asked for.</summary>
    /// <param name="store">The store.</param>
    /// <param name="name">Name of the item.</param>
    /// <param name="length">Bytes the item has.</param>
    /// <param name="offset">First byte asked for.</param>
    /// <param name="count">Number of bytes asked for.</param>
    /// <param name="inner">What brought it to light, if anything.</param>
    public static StoreItemBrokenException TooShort(
        IDataStore store, string name, long length, long offset, long count, Exception? inner = null) =>
        new(store.Location, name, $"has {length} bytes; bytes {offset} to {offset + count} were expected", inner);
}
