namespace DataCentric.Imaging.Formats;

/// <summary>How one format recognises its data sets.</summary>
/// <param name="Expects">What it looks for, said to the user when no format fits.</param>
/// <param name="Files">
/// The files that make up the data set at an existing path, in a fixed order, or null when the path holds another format. Throws
/// <see cref="InputException"/> where the format is plain but a part is missing.
/// </param>
/// <param name="Open">Opens a path that <paramref name="Files"/> accepted.</param>
internal sealed record FormatProbe(string Expects, Func<string, IReadOnlyList<string>?> Files, Func<string, IImageReader> Open);
