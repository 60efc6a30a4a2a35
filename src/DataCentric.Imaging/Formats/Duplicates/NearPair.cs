namespace DataCentric.Imaging.Formats.Duplicates;

/// <summary>Two images that show the same.</summary>
/// <param name="Image">Number of the image that was asked about.</param>
/// <param name="Other">Number of the one it resembles.</param>
/// <param name="Similarity">Correlation, up to 1.</param>
internal readonly record struct NearPair(int Image, int Other, double Similarity);
