using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DataCentric.Imaging.Formats;

/// <summary>Finds images that repeat earlier ones by the first 128 bits of the SHA-256 of their pixels.</summary>
internal sealed class DuplicateFinder
{
    private const int MaxExamples = 20;

    private readonly Dictionary<UInt128, (string SourceId, int Label)> _first = [];
    private readonly HashSet<UInt128> _repeated = [];
    private readonly List<DuplicateExample> _examples = [];
    private int _images;
    private int _otherLabels;

    public DuplicateCount Result => new(_images, _repeated.Count, _otherLabels, [.. _examples]);

    public void Add(ReadOnlySpan<byte> image, int label, string sourceId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(image, hash);
        var key = BinaryPrimitives.ReadUInt128BigEndian(hash);
        if (_first.TryAdd(key, (sourceId, label)))
            return;
        var first = _first[key];
        _images++;
        _repeated.Add(key);
        _otherLabels += first.Label == label ? 0 : 1;
        if (_examples.Count < MaxExamples)
            _examples.Add(new(sourceId, first.SourceId, first.Label == label));
    }
}
