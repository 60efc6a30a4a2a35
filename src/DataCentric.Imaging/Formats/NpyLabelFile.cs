using System.Globalization;
using DataCentric.Npy;

namespace DataCentric.Imaging.Formats;

/// <summary>
/// The labels of an npy pair or npz file. Whole numbers of shape (N,) or (N, 1) are class indexes. Numbers of shape (N, K) are rows of class
/// probabilities: not negative, finite, and divided by their sum unless it is 1 already; where every row is exactly one-hot they are
/// class indexes too, and a row of zeros and several ones is refused: divided, it would say something else. Opening reads the whole file once, so that a bad row is found before any work, and keeps none of it.
/// </summary>
internal sealed class NpyLabelFile : IDisposable
{
    private const double SumTolerance = 1e-6;

    private readonly string _path;
    private readonly NpySource _source;
    private readonly NpyHeader _header;
    private readonly bool _areIndexes;
    private readonly byte[] _row;
    private readonly double[] _values;
    private Stream _stream;
    private int _next;

    /// <summary>Opens and checks the array.</summary>
    /// <exception cref="InputException">Type, shape, length or a value is not as said above.</exception>
    public NpyLabelFile(NpySource source)
    {
        (_path, _source) = (source.Name, source);
        _stream = source.Open();
        try
        {
            _header = NpyHeader.Read(_stream, _path);
            _areIndexes = CheckShape();
            _header.CheckFileLength(source.Length, _path);
            _row = new byte[_header.RowLength];
            _values = new double[_areIndexes ? 1 : _header.Shape[1]];
            (ClassCount, AreSoft) = Scan();
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    /// <summary>Number of labels.</summary>
    public int Count => _header.Shape[0];

    /// <summary>Columns of the rows, or 1 + the largest class index.</summary>
    public int ClassCount { get; }

    /// <summary>Whether some row is not one-hot.</summary>
    public bool AreSoft { get; }

    /// <summary>Reads the next labels; the soft row goes to <paramref name="softLabels"/> where labels are soft.</summary>
    public void Read(Span<int> labels, Span<float> softLabels)
    {
        for (var i = 0; i < labels.Length; i++)
        {
            ReadRow();
            labels[i] = _areIndexes ? (int)_values[0] : IndexOfLargest();
            for (var k = 0; AreSoft && k < ClassCount; k++)
                softLabels[(i * ClassCount) + k] = (float)_values[k];
        }
    }

    /// <summary>Leaves labels out.</summary>
    public void Skip(int count)
    {
        ExactReading.Skip(_stream, count * _header.RowLength, () => Place(0));
        _next += count;
    }

    public void Dispose() => _stream.Dispose();

    private bool CheckShape()
    {
        var (shape, type) = (_header.Shape, _header.Type);
        var column = shape.Count == 2 && shape[1] == 1;
        var indexes = type.IsInteger && (shape.Count == 1 || column);
        if (!indexes && (shape.Count != 2 || shape[1] < 1))
        {
            throw new InputException(
                $"{_path}: labels are {type} of shape {NpyHeader.Describe(shape)}; "
                + "expected whole numbers (N,) or rows of class probabilities (N, K).");
        }

        if (!indexes && shape[1] > ClassNames.Limit)
            throw new InputException($"{_path}: {shape[1]} classes are more than {ClassNames.Limit}.");
        if (_header.FortranOrder && shape.Count > 1 && !column)
            throw new InputException($"{_path}: is in Fortran order; expected C order (numpy.ascontiguousarray).");
        return indexes;
    }

    private (int ClassCount, bool AreSoft) Scan()
    {
        var (classes, soft) = (_areIndexes ? 0 : _values.Length, false);
        for (var row = 0; row < Count; row++)
        {
            ReadRow();
            if (_areIndexes)
                classes = Math.Max(classes, (int)_values[0] + 1);
            else
                soft |= _values.Count(value => value == 1) != 1 || _values.Count(value => value == 0) != _values.Length - 1;
        }

        _next = 0;
        _stream.Dispose();
        _stream = _source.Open();
        NpyHeader.Read(_stream, _path);
        return (classes, soft);
    }

    private void ReadRow()
    {
        ExactReading.Fill(_stream, _row, () => Place(0));
        var size = _header.Type.Size;
        for (var k = 0; k < _values.Length; k++)
        {
            var bytes = _row.AsSpan(k * size, size);
            _values[k] = _areIndexes ? _header.Type.ToInt64(bytes) : _header.Type.ToDouble(bytes);
            if (!double.IsFinite(_values[k]) || _values[k] < 0 || (_areIndexes && _values[k] >= ClassNames.Limit))
            {
                var wanted = _areIndexes ? $"a class index from 0 to {ClassNames.Limit - 1}" : "a finite probability, not negative";
                throw new InputException(
                    string.Create(CultureInfo.InvariantCulture, $"{Place(k)}: {_values[k]}; expected {wanted}."));
            }
        }

        if (!_areIndexes)
            Normalise();
        _next++;
    }

    private void Normalise()
    {
        var sum = _values.Sum();
        if (_values.Length == 1 && sum != 1)
        {
            throw new InputException(
                string.Create(CultureInfo.InvariantCulture, $"{Place(0)}: {sum}; the only probability of a row must be 1."));
        }

        if (sum == 0)
            throw new InputException($"{Place(0)}: all probabilities of the row are 0; expected a positive sum.");
        if (Math.Abs(sum - 1) <= SumTolerance)
            return;
        if (_values.All(value => value is 0 or 1))
        {
            var (first, second) = (Array.IndexOf(_values, 1), Array.IndexOf(_values, 1, Array.IndexOf(_values, 1) + 1));
            throw new InputException(
                $"{Place(second)}: is 1 as column {first} is, so the image has several classes (multi-label data); expected one class an image. "
                + "Where the rows are votes, divide each by its sum.");
        }

        for (var k = 0; k < _values.Length; k++)
            _values[k] /= sum;
    }

    private int IndexOfLargest() => Array.IndexOf(_values, _values.Max());

    private string Place(int column) => string.Create(
        CultureInfo.InvariantCulture,
        $"{_path}, row {_next}, column {column} (byte {_header.OffsetOf(_next) + (column * _header.Type.Size)})");
}
