namespace DataCentric.Imaging.Duplicates;

/// <summary>Two images that show the same.</summary>
/// <param name="Image">Number of the image that was asked about.</param>
/// <param name="Other">Number of the one it resembles.</param>
/// <param name="Mirrored">Whether it resembles its mirror image.</param>
/// <param name="Similarity">Correlation of their fine detail, up to 1.</param>
internal readonly record struct NearPair(int Image, int Other, bool Mirrored, double Similarity);
