namespace DataCentric.Pipeline.Fetching;

/// <summary>How far a file is.</summary>
/// <param name="File">Its name.</param>
/// <param name="Done">Bytes that are here, those of earlier runs included.</param>
/// <param name="Total">Bytes of the file.</param>
/// <param name="Trouble">Why the next attempt is needed; null while bytes come.</param>
public sealed record FetchProgress(string File, long Done, long Total, string? Trouble = null);
