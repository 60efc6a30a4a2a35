namespace DataCentric.Pipeline.Storage;

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
