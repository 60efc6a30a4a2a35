namespace DataCentric.Imaging.Formats;

/// <summary>An image that cannot be read.</summary>
/// <param name="Image">Source id.</param>
/// <param name="Reason">The message that names file, place and reason.</param>
public sealed record BrokenImage(string Image, string Reason);
