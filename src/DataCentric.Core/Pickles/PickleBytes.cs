namespace DataCentric.Pickles;

/// <summary>A long string of bytes, left where it lies in the stream.</summary>
/// <param name="Offset">Place of its first byte in the stream.</param>
/// <param name="Length">Number of bytes; all of them are there.</param>
public sealed record PickleBytes(long Offset, long Length);
