using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DataCentric.Imaging.Duplicates;

/// <summary>
/// What is kept of each image of a set to find it again: label, source id, 128 bits of the SHA-256 of its pixels and, where near duplicates
/// are looked for, a <see cref="Picture"/> of at most 32 x 32 pixels (3.7 KB with its sketch).
/// </summary>
/// <param name="shape">Shape of the images.</param>
/// <param name="hasPictures">Whether near duplicates are looked for.</param>
internal sealed class ImageIndex(ImageShape shape, bool hasPictures)
{
    private readonly PictureReduction _reduction = new(shape);
    private readonly List<int> _labels = [];
    private readonly List<string> _sources = [];
    private readonly List<UInt128> _hashes = [];
    private readonly List<Picture> _pictures = [];

    public int Count => _labels.Count;

    /// <summary>A picture of each image, in their order; none where near duplicates are not looked for.</summary>
    public IReadOnlyList<Picture> Pictures => _pictures;

    /// <summary>Whether all images have a picture.</summary>
    public bool HasPictures => hasPictures;

    public int Label(int image) => _labels[image];

    public string Source(int image) => _sources[image];

    /// <summary>Equal for images whose every pixel is equal.</summary>
    public UInt128 Hash(int image) => _hashes[image];

    /// <summary>Adds an image.</summary>
    public void Add(ReadOnlySpan<byte> image, int label, string source)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(image, hash);
        _hashes.Add(BinaryPrimitives.ReadUInt128BigEndian(hash));
        _labels.Add(label);
        _sources.Add(source);
        if (HasPictures)
            _pictures.Add(_reduction.Of(image));
    }
}
