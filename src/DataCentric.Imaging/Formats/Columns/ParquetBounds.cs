using System.Buffers.Binary;
using Parquet.Meta;

namespace DataCentric.Imaging.Formats.Columns;

/// <summary>
/// What is checked of a Parquet file before Parquet.Net reads it (apache/parquet-format 2.11): the footer, and of each column that is read the headers
/// of its pages. Memory is taken for what they say.
/// </summary>
internal static class ParquetBounds
{
    /// <summary>Bytes that a file begins and ends with.</summary>
    public static ReadOnlySpan<byte> Magic => "PAR1"u8;

    private const int Tail = 8;
    private const int MostFooter = 256 << 20;
    private const int MostSchema = 4096;
    private const int MostHeader = 1 << 16;
    private const int MostValues = 1 << 24;
    private const long MostBytes = 1L << 30;
    private const int DataPage = 0, DictionaryPage = 2, DataPageV2 = 3;

    /// <summary>Checks the footer: it is there, whole, and no list in it is longer than it can be.</summary>
    /// <exception cref="InvalidDataException">It is not.</exception>
    public static void CheckFooter(Stream file)
    {
        var tail = BytesAt(file, file.Length - Tail, Tail);
        if (!tail.AsSpan(4).SequenceEqual(Magic))
            throw new InvalidDataException("it does not end with PAR1, so it is truncated");
        var length = BinaryPrimitives.ReadInt32LittleEndian(tail);
        if (length < 1 || length > MostFooter || length > file.Length - Tail)
            throw new InvalidDataException($"its footer has {length} bytes");
        var walk = new ThriftWalk(BytesAt(file, file.Length - Tail - length, length));
        walk.Struct();
        if (walk.Numbers.GetValueOrDefault("2#") > MostSchema)
            throw new InvalidDataException($"it has more than {MostSchema} columns");
        file.Position = 0;
    }

    /// <summary>Checks the pages of a column in a row group.</summary>
    /// <returns>Where the column begins and ends in the file.</returns>
    /// <exception cref="InvalidDataException">It has too many values or bytes, or its pages do not fit together.</exception>
    public static (long First, long End) CheckPages(Stream file, ColumnMetaData column)
    {
        var first = new[] { column.DictionaryPageOffset ?? 0, column.DataPageOffset, column.IndexPageOffset ?? 0 }.Where(offset => offset != 0).DefaultIfEmpty(-1).Min();
        if (first < 0 || column.TotalCompressedSize < 0 || column.TotalCompressedSize > file.Length - first)
            throw new InvalidDataException($"the column has {column.TotalCompressedSize} bytes at byte {first} of {file.Length}");
        if (column.NumValues is < 0 or > MostValues || column.TotalUncompressedSize is < 0 or > MostBytes)
            throw new InvalidDataException($"a row group has {column.NumValues} values in {column.TotalUncompressedSize} bytes; at most {MostValues} in {MostBytes} are read, so write it with smaller row groups");
        var (at, end, values, bytes) = (first, first + column.TotalCompressedSize, 0L, 0L);
        while (values < column.NumValues)
        {
            var header = new ThriftWalk(BytesAt(file, at, (int)Math.Clamp(end - at, 0, MostHeader)));
            header.Struct();
            var (packed, unpacked) = (Of(header, "3"), Of(header, "2"));
            bytes += unpacked;
            var content = at + header.Position;
            at = content + packed;
            if (packed < 0 || unpacked < 0 || at > end || bytes > column.TotalUncompressedSize)
                throw new InvalidDataException($"a page has {packed} bytes, unpacked {unpacked}, which are more than the column has");
            values += CheckedValues(header, unpacked);
            if (column.Codec == CompressionCodec.SNAPPY && SnappyLength(file, content + header.Numbers.GetValueOrDefault("8.5") + header.Numbers.GetValueOrDefault("8.6")) > unpacked)
                throw new InvalidDataException("a compressed page has more bytes than its header says");
        }

        return values == column.NumValues ? (first, end) : throw new InvalidDataException($"its pages have {values} values, the column has {column.NumValues}");
    }

    private static long CheckedValues(ThriftWalk header, long unpacked)
    {
        var kind = Of(header, "1");
        var count = Of(header, kind switch { DataPage => "5.1", DictionaryPage => "7.1", DataPageV2 => "8.1", _ => "" });
        if (count is < 0 or > MostValues || (kind == DictionaryPage && count > unpacked))
            throw new InvalidDataException($"a page has {count} values");
        return kind == DictionaryPage ? 0 : count;
    }

    /// <summary>Bytes that Snappy's block says it unpacks to (format_description.txt, 1), which Parquet.Net takes memory for; 0 where there is none.</summary>
    private static long SnappyLength(Stream file, long at)
    {
        var (length, shift) = (0L, 0);
        foreach (var part in BytesAt(file, at, 5))
        {
            length |= (long)(part & 0x7F) << shift;
            if (part < 0x80)
                return length;
            shift += 7;
        }

        return shift == 0 ? 0 : long.MaxValue;
    }

    private static long Of(ThriftWalk header, string path) =>
        header.Numbers.TryGetValue(path, out var number) ? number : throw new InvalidDataException("a page has no header that is read");

    private static byte[] BytesAt(Stream file, long at, int count)
    {
        if (at < 0)
            throw new InvalidDataException("it is too short");
        file.Position = at;
        var bytes = new byte[count];
        return bytes[..file.ReadAtLeast(bytes, count, throwOnEndOfStream: false)];
    }
}
