using System.Buffers.Binary;
using System.Text;

namespace DataCentric.Pickles;

/// <summary>The bytes of a pickle, counted: nothing is taken that is not there, and long strings stay where they lie.</summary>
/// <param name="stream">The pickle; seekable, read from its position.</param>
/// <param name="kind">What such a pickle is, for messages.</param>
/// <param name="source">File, for messages.</param>
internal sealed class PickleInput(Stream stream, string kind, string source)
{
    /// <summary>Longest text that is kept in memory; no name or label comes near it.</summary>
    private const int LongestText = 1 << 16;

    /// <summary>Longest line that is no text: a name, a number.</summary>
    private const int LongestLine = 256;

    private readonly long _length = stream.Length;

    /// <summary>Place of the next byte.</summary>
    public long At { get; private set; } = stream.Position;

    /// <summary>The next bytes.</summary>
    public byte[] Take(uint length)
    {
        Check(length);
        if (length > LongestText)
            throw Broken(At, $"has a text of {length} bytes, which no {kind} needs");
        var bytes = new byte[length];
        ExactReading.Fill(stream, bytes, () => $"{source}, its pickle (byte {At})");
        At += length;
        return bytes;
    }

    /// <summary>The next byte.</summary>
    public byte Byte() => Take(1)[0];

    /// <summary>The next four bytes as a number.</summary>
    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    /// <summary>A name or a number on a line of its own.</summary>
    public string Line()
    {
        var line = new List<byte>();
        for (byte letter; (letter = Byte()) != '\n'; line.Add(letter))
        {
            if (line.Count == LongestLine)
                throw Broken(At, $"has a name of more than {LongestLine} bytes");
        }

        return Encoding.UTF8.GetString([.. line]);
    }

    /// <summary>A string that is left where it lies.</summary>
    public PickleBytes Leave(ulong length, PickleEncoding encoding = PickleEncoding.Plain)
    {
        Check(length);
        var bytes = new PickleBytes(At, (long)length, encoding);
        stream.Position = At += bytes.Length;
        return bytes;
    }

    /// <summary>A text on a line of its own that is left where it lies; the end of its line is passed.</summary>
    public PickleBytes LeaveLine(PickleEncoding encoding)
    {
        var start = At;
        for (var letter = 0; letter != '\n'; At++)
        {
            letter = stream.ReadByte();
            if (letter < 0)
                throw Broken(At, "is cut short: a line does not end");
        }

        return new(start, At - 1 - start, encoding);
    }

    /// <summary>A string that was left, in memory after all.</summary>
    public string Text(PickleBytes bytes)
    {
        var back = stream.Position;
        var text = PickleText.Of(stream, bytes, source);
        stream.Position = back;
        return text;
    }

    /// <summary>An error at a place.</summary>
    public InputException Broken(long at, string what) => new($"{source}: its pickle {what} (byte {at}).");

    private void Check(ulong length)
    {
        if (length > (ulong)(_length - At))
            throw Broken(At, $"is cut short: {length} bytes are needed, {_length - At} are left");
    }
}
