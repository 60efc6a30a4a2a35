using System.Globalization;

namespace DataCentric.Imaging.Formats;

/// <summary>Reads files of CIFAR images one after the other; skipping touches no file.</summary>
internal abstract class CifarReader : SequentialImageReader
{
    private readonly IReadOnlyList<CifarPart> _parts;
    private readonly byte[] _planes = new byte[CifarLayout.Shape.ByteLength];
    private Stream? _stream;
    private int _open = -1;
    private int _part;
    private int _inPart;

    private protected CifarReader(ImageSetInfo info, IReadOnlyList<CifarPart> parts)
        : base(info) => _parts = parts;

    protected override void Fill(Span<byte> pixels, Span<int> labels, Span<string> sourceIds, Span<float> softLabels)
    {
        for (var i = 0; i < labels.Length; i++)
        {
            Leave(0);
            var (part, index) = (_parts[_part], _inPart++);
            var stream = StreamAt(part.StartOf(index));
            var label = part.ReadLabel(stream, index);
            if (label >= Info.Classes.Count || label < 0)
                throw new InputException($"{part.Place(index)}: label {label} is out of range; expected 0 to {Info.Classes.Count - 1}.");
            part.ReadPlanes(stream, index, _planes);
            CifarLayout.Interleave(_planes, pixels[(i * Info.Shape.ByteLength)..]);
            labels[i] = label;
            sourceIds[i] = part.SourceOf(index);
        }
    }

    protected override void Leave(int count)
    {
        _inPart += count;
        for (; _part < _parts.Count && _inPart >= _parts[_part].Count; _part++)
            _inPart -= _parts[_part].Count;
    }

    public override void Dispose() => _stream?.Dispose();

    /// <summary>Counts the images of all parts.</summary>
    /// <exception cref="InputException">They are more than can be counted.</exception>
    private protected static int CountOf(IEnumerable<CifarPart> parts, string path)
    {
        var count = parts.Sum(part => (long)part.Count);
        return count <= int.MaxValue ? (int)count : throw new InputException($"{path}: {count} images are more than {int.MaxValue}.");
    }

    private Stream StreamAt(long start)
    {
        if (_stream is null || _open != _part)
        {
            _stream?.Dispose();
            _stream = ExactReading.Open(_parts[_part].Path);
            _open = _part;
        }

        if (_stream.Position != start)
            _stream.Position = start;
        return _stream;
    }
}

/// <summary>One file of CIFAR images: 32x32 planes R, G, B in a row, and a label for each image.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Count">Number of images.</param>
internal abstract record CifarPart(string Path, int Count)
{
    /// <summary>Byte at which an image begins, with its label where that lies before it.</summary>
    public abstract long StartOf(int index);

    /// <summary>The label of the image at which the stream stands; the stream then stands at its planes.</summary>
    public abstract int ReadLabel(Stream stream, int index);

    /// <summary>Reads the planes of the image at which the stream stands, behind its label.</summary>
    public virtual void ReadPlanes(Stream stream, int index, Span<byte> planes) => ExactReading.Fill(stream, planes, () => Place(index));

    /// <summary>Leads back to an image.</summary>
    public virtual string SourceOf(int index) => string.Create(CultureInfo.InvariantCulture, $"{System.IO.Path.GetFileName(Path)}#{index}");

    /// <summary>Names an image, for messages.</summary>
    public string Place(int index) => string.Create(CultureInfo.InvariantCulture, $"{Path}, record {index} (byte {StartOf(index)})");
}
