using System.Globalization;
using DataCentric.Imaging.Formats.Arrays;
using DataCentric.Npy;

namespace DataCentric.Imaging.Formats;

/// <summary>
/// The labels of an npy pair or npz file: class indexes or class names, one for each image (N,) or (N, 1), or rows of class probabilities
/// (N, K). Opening reads the whole array once, so that a bad row is found before any work, and keeps none of it.
/// </summary>
internal abstract class NpyLabelFile : IDisposable
{
    private readonly byte[] _row;

    private protected NpyLabelFile(NpyRows rows) => (Rows, _row) = (rows, new byte[rows.Header.RowLength]);

    /// <summary>Number of labels.</summary>
    public int Count => Rows.Header.Shape[0];

    /// <summary>Names of the classes in label order.</summary>
    public IReadOnlyList<string> Classes { get; private protected set; } = [];

    /// <summary>Whether some row is not one-hot.</summary>
    public virtual bool AreSoft => false;

    private protected NpyRows Rows { get; }

    /// <summary>Opens and checks the array.</summary>
    /// <param name="source">Where it lies.</param>
    /// <param name="namesFile">File with the class names, or null.</param>
    /// <exception cref="InputException">Type, shape, length or a value is none of labels, or names do not fit.</exception>
    public static NpyLabelFile Open(NpySource source, string? namesFile)
    {
        var header = source.ReadHeader(mayBeText: true);
        var (shape, type) = (header.Shape, header.Type);
        var isColumn = shape.Count == 1 || (shape.Count == 2 && shape[1] == 1);
        if (!isColumn && (shape.Count != 2 || shape[1] < 1 || type.IsText))
        {
            throw new InputException(
                $"{source.Name}: labels are {type} of shape {NpyHeader.Describe(shape)}; "
                + "expected whole numbers or class names (N,), or rows of class probabilities (N, K).");
        }

        if (!isColumn && shape[1] > ClassNames.Limit)
            throw new InputException($"{source.Name}: {shape[1]} classes are more than {ClassNames.Limit}.");
        var rows = NpyRows.Open(source, header, "row");
        try
        {
            return (type.IsText, isColumn && (type.IsInteger || shape.Count == 1)) switch
            {
                (true, _) => new NpyNameLabels(rows, namesFile),
                (_, true) => new NpyIndexLabels(rows, namesFile),
                _ => new NpyProbabilityLabels(rows, namesFile),
            };
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    /// <summary>Reads the next labels; the soft row goes to <paramref name="softLabels"/> where labels are soft.</summary>
    public abstract void Read(Span<int> labels, Span<float> softLabels);

    /// <summary>Leaves labels out.</summary>
    public void Skip(int count) => Rows.Skip(count);

    public void Dispose() => Rows.Dispose();

    private protected ReadOnlySpan<byte> NextRow()
    {
        Rows.Read(_row);
        return _row;
    }

    /// <summary>Names a value of the row that was read last, for messages.</summary>
    private protected string Place(int column)
    {
        var (header, row) = (Rows.Header, Rows.Next - 1);
        var at = header.FortranOrder ? ((long)column * Count) + row : (row * (header.RowLength / header.Type.Size)) + column;
        return string.Create(CultureInfo.InvariantCulture, $"{Rows.Source.Name}, row {row}, column {column} (byte {header.DataOffset + (at * header.Type.Size)})");
    }
}
