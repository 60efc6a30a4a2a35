using System.Globalization;
using DataCentric.Imaging.Formats.Arrays;

namespace DataCentric.Imaging.Formats;

/// <summary>
/// Rows of class probabilities (N, K): not negative, finite, and divided by their sum unless it is 1 already. Where every row is exactly
/// one-hot they are class indexes. A row of zeros and several ones is refused: divided, it would say something else.
/// </summary>
internal sealed class NpyProbabilityLabels : NpyLabelFile
{
    private const double SumTolerance = 1e-6;

    private readonly double[] _values;
    private readonly bool _areSoft;

    /// <summary>Reads all labels once.</summary>
    /// <exception cref="InputException">A row holds no probabilities, or names do not fit.</exception>
    public NpyProbabilityLabels(NpyRows rows, string? namesFile)
        : base(rows)
    {
        _values = new double[rows.Header.Shape.Count == 1 ? 1 : rows.Header.Shape[1]];
        for (var row = 0; row < Count; row++)
        {
            ReadRow();
            _areSoft |= _values.Count(value => value == 1) != 1 || _values.Count(value => value == 0) != _values.Length - 1;
        }

        Rows.Restart();
        Classes = ClassNames.Of(namesFile, _values.Length, rows.Source.Name);
        if (_areSoft && Classes.Count != _values.Length)
            throw new InputException($"{namesFile}: names {Classes.Count} classes, but the rows of {rows.Source.Name} have {_values.Length} columns.");
    }

    public override bool AreSoft => _areSoft;

    public override void Read(Span<int> labels, Span<float> softLabels)
    {
        for (var i = 0; i < labels.Length; i++)
        {
            ReadRow();
            labels[i] = Array.IndexOf(_values, _values.Max());
            for (var k = 0; _areSoft && k < _values.Length; k++)
                softLabels[(i * _values.Length) + k] = (float)_values[k];
        }
    }

    private void ReadRow()
    {
        var row = NextRow();
        var type = Rows.Header.Type;
        for (var k = 0; k < _values.Length; k++)
        {
            _values[k] = type.ToDouble(row.Slice(k * type.Size, type.Size));
            if (!double.IsFinite(_values[k]) || _values[k] < 0)
                throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{Place(k)}: {_values[k]}; expected a finite probability, not negative."));
        }

        Normalise();
    }

    private void Normalise()
    {
        var sum = _values.Sum();
        if (_values.Length == 1 && sum != 1)
        {
            throw new InputException(string.Create(
                CultureInfo.InvariantCulture, $"{Place(0)}: {sum}; the only probability of a row must be 1. Where these are class indexes, save them as whole numbers: astype(\"int64\")."));
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
}
