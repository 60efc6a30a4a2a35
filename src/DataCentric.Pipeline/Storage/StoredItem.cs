namespace DataCentric.Pipeline.Storage;

/// <summary>An item of a store.</summary>
/// <param name="Name">Name within its store.</param>
/// <param name="Length">Size in bytes.</param>
public sealed record StoredItem(string Name, long Length)
{
    /// <summary>A text that changes when the item is written again: the ETag of a blob, the time of a file. Two items of one name and length
    /// are equal whatever their version.</summary>
    public string? Version { get; init; }

    /// <summary>Same name and length.</summary>
    /// <param name="other">Another item.</param>
    public bool Equals(StoredItem? other) => other is not null && Name == other.Name && Length == other.Length;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Length);
}
