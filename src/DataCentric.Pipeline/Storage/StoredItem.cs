namespace DataCentric.Pipeline.Storage;

/// <summary>An item of a store.</summary>
/// <param name="Name">Name within its store.</param>
/// <param name="Length">Size in bytes.</param>
public sealed record StoredItem(string Name, long Length);
