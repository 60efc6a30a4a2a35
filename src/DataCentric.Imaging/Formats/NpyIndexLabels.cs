using System.Globalization;
using DataCentric.Imaging.Formats.Arrays;

namespace DataCentric.Imaging.Formats;

/// <summary>
/// Class indexes: whole numbers of any type, (N,) or (N, 1), and floats (N,) that are whole, as tables read by numpy.loadtxt or pandas
/// give them. Floats (N, 1) are rows of the only class's probability, as the npy pair of a set of one class has them.
/// </summary>
internal sealed class NpyIndexLabels : NpyLabelFile
{
    /// <summary>Reads all labels once.</summary>
    /// <exception cref="InputException">A value is no class index, or has no name.</exception>
    public NpyIndexLabels(NpyRows rows, string? namesFile)
        : base(rows)
    {
        var classes = 0;
        for (var row = 0; row < Count; row++)
            classes = Math.Max(classes, NextLabel() + 1);
        Rows.Restart();
        Classes = ClassNames.Of(namesFile, classes, rows.Source.Name);
    }

    public override void Read(Span<int> labels, Span<float> softLabels)
    {
        foreach (ref var label in labels)
            label = NextLabel();
    }

    private int NextLabel()
    {
        var type = Rows.Header.Type;
        var row = NextRow();
        var value = type.ToDouble(row);
        if (value is >= 0 and < ClassNames.Limit && value == Math.Floor(value))
            return (int)value;
        var given = type.IsInteger ? type.ToInt64(row).ToString(CultureInfo.InvariantCulture) : value.ToString(CultureInfo.InvariantCulture);
        throw new InputException(
            $"{Place(0)}: {given}; expected a class index from 0 to {ClassNames.Limit - 1}{(type.IsInteger ? "" : ", whole, or rows of class probabilities (N, K)")}.");
    }
}
