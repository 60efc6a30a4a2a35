using System.Globalization;
using DataCentric.Imaging.Formats.Arrays;

namespace DataCentric.Imaging.Formats;

/// <summary>
/// The images of an npy pair or npz file, in either order of axes and of memory (<see cref="ImageAxes"/>, <see cref="NpyRows"/>), of bytes
/// or of other numbers (<see cref="PixelScale"/>). Grey becomes RGB as by <see cref="GreyPixels"/>.
/// </summary>
internal sealed class NpyImageFile : IDisposable
{
    private readonly NpyRows _rows;
    private readonly ImageAxes _axes;
    private readonly PixelScale _scale;
    private readonly GreyPixels? _grey;
    private readonly byte[] _values;
    private readonly byte[] _bytes;
    private readonly byte[] _interleaved;

    /// <summary>Opens and checks the array.</summary>
    /// <param name="source">Where it lies.</param>
    /// <param name="scale">Factor of the values, or null.</param>
    /// <exception cref="InputException">Type, shape or length is not as said above.</exception>
    public NpyImageFile(NpySource source, double? scale)
    {
        var header = source.ReadHeader();
        _axes = ImageAxes.Of(header, source.Name);
        _grey = _axes.Channels == 1 ? new(_axes.Height, _axes.Width) : null;
        _scale = new(header.Type, scale);
        _scale.Check(source.Name);
        if (header.Shape[0] == 0)
            throw new InputException($"{source.Name}: holds no images.");
        Shape = (_grey?.Shape ?? new(_axes.Height, _axes.Width)).Validated(source.Name);
        _rows = NpyRows.Open(source, header, "image");
        _values = new byte[header.RowLength];
        var count = _axes.Height * _axes.Width * _axes.Channels;
        _bytes = _scale.KeepsBytes ? _values : new byte[count];
        _interleaved = _axes.ChannelsFirst && _grey is null ? new byte[count] : _bytes;
    }

    /// <summary>Shape of every image as it is delivered.</summary>
    public ImageShape Shape { get; }

    /// <summary>Number of images.</summary>
    public int Count => _rows.Header.Shape[0];

    /// <summary>Name of the array in source ids.</summary>
    public string ShortName => _rows.Source.ShortName;

    /// <summary>Reads the next images.</summary>
    /// <param name="pixels">Receives H x W x 3 bytes of each, zeros as yet.</param>
    public void Read(Span<byte> pixels)
    {
        if (_grey is null && ReferenceEquals(_values, _interleaved))
        {
            _rows.Read(pixels);
            return;
        }

        for (; !pixels.IsEmpty; pixels = pixels[Shape.ByteLength..])
        {
            ReadNext();
            if (_grey is null)
                _interleaved.CopyTo(pixels);
            else
                _grey.Expand(_interleaved, pixels);
        }
    }

    /// <summary>Leaves images out.</summary>
    public void Skip(int count) => _rows.Skip(count);

    public void Dispose() => _rows.Dispose();

    private void ReadNext()
    {
        var image = _rows.Next;
        _rows.Read(_values);
        if (!_scale.KeepsBytes)
            _scale.Convert(_values, _bytes, value => Place(image, value));
        if (_axes.ChannelsFirst && _grey is null)
            _axes.Interleave(_bytes, _interleaved);
    }

    /// <summary>A value as numpy names it, such as <c>data.npy[4, 0, 31, 2]</c>.</summary>
    private string Place(int image, int value)
    {
        var index = new Stack<int>();
        foreach (var side in _rows.Header.Shape.Skip(1).Reverse())
        {
            index.Push(value % side);
            value /= side;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{_rows.Source.Name}[{image}, {string.Join(", ", index)}]");
    }
}
