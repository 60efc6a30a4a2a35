namespace DataCentric.Pipeline.Fetching;

/// <summary>A file could not be fetched; what came of it is kept, unless it was wrong, and the next attempt goes on from there.</summary>
/// <param name="message">Names the address and says what happened.</param>
/// <param name="inner">What brought it to light, or null.</param>
public sealed class FetchException(string message, Exception? inner = null) : IOException(message, inner);
