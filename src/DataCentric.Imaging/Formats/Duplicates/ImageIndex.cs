using System.Buffers.Binary;
using System.Security.Cryptography;
using DataCentric.Images;

namespace DataCentric.Imaging.Formats.Duplicates;

/// <summary>
/// What is kept of each image of a set to find it again: label, source id, 128 bits of the SHA-256 of its pixels and, up to
/// <see cref="MostThumbnails"/> images, a <see cref="Thumbnail"/> (1.4 KB).
/// </summary>
/// <param name="shape">Shape of the images.</param>
internal sealed class ImageIndex(ImageShape shape)
{
    /// <summary>Images of a set beyond which no near duplicates are looked for: time grows with the square.</summary>
    public const int MostThumbnails = 200_000;

    private readonly Thumbnail _thumbnail = new(shape);
    private readonly List<int> _labels = [];
    private readonly List<string> _sources = [];
    private readonly List<UInt128> _hashes = [];
    private readonly List<byte[]> _greys = [];
    private readonly List<float[]> _vectors = [];

    public int Count => _labels.Count;

    /// <summary>Whether all images have a thumbnail.</summary>
    public bool HasThumbnails => Count <= MostThumbnails;

    public int Label(int image) => _labels[image];

    public string Source(int image) => _sources[image];

    /// <summary>Equal for images whose every pixel is equal.</summary>
    public UInt128 Hash(int image) => _hashes[image];

    public ReadOnlySpan<byte> Grey(int image) => _greys[image];

    public ReadOnlySpan<float> Vector(int image) => _vectors[image];

    /// <summary>Adds an image.</summary>
    public void Add(ReadOnlySpan<byte> image, int label, string source)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(image, hash);
        _hashes.Add(BinaryPrimitives.ReadUInt128BigEndian(hash));
        _labels.Add(label);
        _sources.Add(source);
        if (!HasThumbnails)
            return;
        var (grey, vector) = (new byte[Thumbnail.Side * Thumbnail.Side], new float[Thumbnail.VectorLength]);
        _thumbnail.Of(image, grey, vector);
        _greys.Add(grey);
        _vectors.Add(vector);
    }
}
