using System.Text;
using DataCentric.Pickles;

namespace DataCentric.Imaging.Formats;

/// <summary>The labels of a pickled batch: a list of whole numbers, or an array (N,) or (N, 1) of a type of whole numbers.</summary>
internal static class CifarPickleLabels
{
    /// <summary>Reads them all.</summary>
    /// <param name="labels">A list or an array.</param>
    /// <param name="stream">The pickle.</param>
    /// <param name="place">Names them, for messages.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="InputException">One is no class index, or the array is no such array.</exception>
    public static int[] Read(object labels, Stream stream, string place, string path) =>
        [.. (labels is List<object?> list ? list : OfArray((NumpyVocabulary.PickleArray)labels, stream, place, path)).Select((label, index) => Checked(label, index, place))];

    private static int Checked(object? label, int index, string place) => label is long and >= 0 and < ClassNames.Limit
        ? (int)(long)label
        : throw new InputException($"{place}, entry {index}: {label ?? "None"}; expected a class index from 0 to {ClassNames.Limit - 1}.");

    private static IEnumerable<object?> OfArray(NumpyVocabulary.PickleArray array, Stream stream, string place, string path)
    {
        if (array is not { Shape: [long count, ..] and ([_] or [_, 1L]), Type: { } kind } || kind.Parse(place) is not { IsInteger: true } type)
            throw new InputException($"{place}: is an array of {array.Type?.Name ?? "nothing"} of shape ({string.Join(", ", array.Shape)}); expected whole numbers (N,).");
        var values = Bytes(array.Bytes, count, type.Size, stream, path)
            ?? throw new InputException($"{place}: has more or fewer bytes than {count} values of type {type} take.");
        return Enumerable.Range(0, (int)count).Select(index => (object?)type.ToInt64(values.AsSpan(index * type.Size, type.Size)));
    }

    private static byte[]? Bytes(object? bytes, long count, int size, Stream stream, string path)
    {
        if (bytes is string text)
            return text.Length == count * size ? Encoding.Latin1.GetBytes(text) : null;
        if (bytes is not PickleBytes left || count < 0 || count > left.Length / size || count > Array.MaxLength / size)
            return null;
        var (values, reader) = (new byte[count * size], new PickleText(stream, left, path));
        reader.Fill(values);
        return reader.Next() < 0 ? values : null;
    }
}
