using DataCentric.Imaging.Formats.Arrays;

namespace DataCentric.Imaging.Formats;

/// <summary>
/// Rows of class probabilities (N, K), by the rule of <see cref="ProbabilityRow"/>. Where every row is exactly one-hot they are class indexes.
/// </summary>
internal sealed class NpyProbabilityLabels : NpyLabelFile
{
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
            _areSoft |= !ProbabilityRow.IsOneHot(_values);
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
            _values[k] = type.ToDouble(row.Slice(k * type.Size, type.Size));
        ProbabilityRow.Normalise(_values, Place);
    }
}
