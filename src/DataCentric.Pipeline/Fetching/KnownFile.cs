namespace DataCentric.Pipeline.Fetching;

/// <summary>One file of a public data set.</summary>
/// <param name="Name">Its name, at the source and here.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">SHA-256 of its bytes, lower-case hex.</param>
public sealed record KnownFile(string Name, long Length, string Sha256);
