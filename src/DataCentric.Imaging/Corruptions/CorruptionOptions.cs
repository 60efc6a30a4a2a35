namespace DataCentric.Imaging.Corruptions;

/// <summary>How the elastic corruption of <c>paper14</c> samples between pixels.</summary>
public enum ElasticSampling
{
    /// <summary>Cubic, the default of imgaug 0.4.0, which the paper's code calls.</summary>
    Cubic,

    /// <summary>Nearest pixel, the default of imgaug's later master branch.</summary>
    Nearest,
}

/// <summary>What a user may choose beyond set, kind and severity.</summary>
public sealed record CorruptionOptions
{
    /// <summary>The defaults.</summary>
    public static CorruptionOptions Default { get; } = new();

    /// <summary>Folder of PNG or JPEG photographs that frost takes its textures from, in name order. Default null: procedural textures.</summary>
    public string? FrostTextureFolder { get; init; }

    /// <summary>How the elastic corruption of <c>paper14</c> samples. Default cubic (imgaug 0.4.0).</summary>
    public ElasticSampling ElasticSampling { get; init; } = ElasticSampling.Cubic;
}
