namespace DataCentric.Imaging.Formats.Columns;

/// <summary>
/// Walks over a structure in Thrift's compact protocol (apache/thrift, thrift-compact-protocol.md) without taking memory for what it says that
/// it holds: lengths are compared with the bytes that are there. Parquet.Net 6.1 believes them, and reads on for ever behind the end of a file.
/// </summary>
/// <param name="bytes">Begins with the structure.</param>
internal sealed class ThriftWalk(byte[] bytes)
{
    private const int MostDepth = 32;
    private const int NotedDepth = 2;
    private const int LongestVarInt = 10;

    private int _at;

    /// <summary>Whole numbers of the outer two levels by their path, such as 3 and 5.1; numbers of elements of lists as 4#.</summary>
    public Dictionary<string, long> Numbers { get; } = new(StringComparer.Ordinal);

    /// <summary>Bytes that were walked over.</summary>
    public int Position => _at;

    /// <summary>Walks over a structure.</summary>
    /// <exception cref="InvalidDataException">It is none, or ends early.</exception>
    public void Struct() => Struct("", 0);

    private void Struct(string path, int depth)
    {
        if (depth > MostDepth)
            throw new InvalidDataException("structures are nested too deep");
        var field = 0;
        for (int header; (header = Byte()) != 0;)
        {
            field = header >> 4 is > 0 and var step ? field + step : (short)Number();
            if ((header & 15) > 2) // a field's truth value stands in its type
                Value(header & 15, depth > NotedDepth ? "" : path.Length == 0 ? $"{field}" : $"{path}.{field}", depth);
        }
    }

    private void Value(int type, string path, int depth)
    {
        switch (type)
        {
            case 1 or 2 or 3: Pass(1); break;
            case 4 or 5 or 6: Note(path, Number(), depth); break;
            case 7: Pass(sizeof(double)); break;
            case 8: Pass((long)VarInt()); break;
            case 9 or 10: List(path, depth); break;
            case 12: Struct(path, depth + 1); break;
            default: throw new InvalidDataException($"there is no type {type}");
        }
    }

    private void List(string path, int depth)
    {
        var header = Byte();
        var count = header >> 4 is var few and < 15 ? few : (long)VarInt();
        if (count < 0 || count > bytes.Length - _at)
            throw new InvalidDataException($"a list says that it has {count} elements");
        Note(path + "#", count, depth);
        for (var i = 0; i < count; i++)
            Value(header & 15, "", depth + 1);
    }

    private void Note(string path, long number, int depth)
    {
        if (depth < NotedDepth && path.Length > 0)
            Numbers[path] = number;
    }

    private int Byte() => _at < bytes.Length ? bytes[_at++] : throw new InvalidDataException("it ends early");

    private void Pass(long count)
    {
        if (count < 0 || count > bytes.Length - _at)
            throw new InvalidDataException($"a value says that it has {count} bytes");
        _at += (int)count;
    }

    private long Number() => VarInt() is var value ? (long)(value >> 1) ^ -(long)(value & 1) : 0;

    private ulong VarInt()
    {
        var value = 0ul;
        for (var part = 0; part < LongestVarInt; part++)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << (7 * part);
            if (next < 0x80)
                return value;
        }

        throw new InvalidDataException("a number has no end");
    }
}
