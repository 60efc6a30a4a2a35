using System.Buffers.Binary;
using System.Text;

namespace DataCentric.Pickles;

/// <summary>
/// Reads a pickle without running anything: of Python's pickle machine (PEP 307, Lib/pickletools.py) the instructions that make plain
/// values, and those that a <see cref="PickleVocabulary"/> allows. Names become <see cref="PickleGlobal"/> if the vocabulary knows them;
/// nothing is ever imported or called. Each instruction makes at most one value and long strings stay in the stream, so memory is
/// bounded by the length of the pickle and the vocabulary's limit.
/// </summary>
/// <param name="stream">The pickle; seekable, read from its position.</param>
/// <param name="vocabulary">What may occur.</param>
/// <param name="source">File, for messages.</param>
public sealed class PickleMachine(Stream stream, PickleVocabulary vocabulary, string source)
{
    private const string Common = "\u0080(N\u0088\u0089KMJ\u008aGX)\u0085\u0086\u0087t]ae}suqrhjcRb.";
    private const int LongestName = 256;

    /// <summary>Longest text that is kept in memory; no name or label comes near it.</summary>
    private const int LongestText = 1 << 16;

    private readonly List<object?> _stack = [];
    private readonly Stack<int> _marks = new();
    private readonly Dictionary<uint, object?> _memo = [];
    private readonly string _allowed = Common + vocabulary.Instructions;
    private readonly long _length = stream.Length;
    private long _at = stream.Position;

    /// <summary>Reads to the end.</summary>
    /// <returns>
    /// null, bool, long, double, string, <see cref="PickleTuple"/>, List of objects, <see cref="PickleDict"/>, <see cref="PickleBytes"/>,
    /// or what the vocabulary makes.
    /// </returns>
    /// <exception cref="InputException">Broken, cut short, or with something that the vocabulary does not allow.</exception>
    public object? Read()
    {
        for (var left = vocabulary.MostInstructions; left > 0; left--)
        {
            var at = _at;
            var instruction = (char)Take(1)[0];
            if (!_allowed.Contains(instruction, StringComparison.Ordinal))
                throw Broken(at, $"has the instruction 0x{(int)instruction:x2}, which no {vocabulary.Kind} needs; nothing of it was run");
            if (instruction == '.')
                return Pop();
            Run(instruction);
        }

        throw Broken(_at, $"has more than {vocabulary.MostInstructions} instructions, which no {vocabulary.Kind} needs");
    }

    private void Run(char instruction)
    {
        switch (instruction)
        {
            case '\u0080': Protocol(Take(1)[0]); break;
            case '(': _marks.Push(_stack.Count); break;
            case 'N': _stack.Add(null); break;
            case '\u0088': _stack.Add(true); break;
            case '\u0089': _stack.Add(false); break;
            case 'K': _stack.Add((long)Take(1)[0]); break;
            case 'M': _stack.Add((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2))); break;
            case 'J': _stack.Add((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4))); break;
            case '\u008a': _stack.Add(Long(Take(Take(1)[0]))); break;
            case 'G': _stack.Add(BinaryPrimitives.ReadDoubleBigEndian(Take(8))); break;
            case 'X': _stack.Add(Encoding.UTF8.GetString(Take(UInt32()))); break;
            case '\u008c': _stack.Add(Encoding.UTF8.GetString(Take(Take(1)[0]))); break;
            case 'U' or 'C': _stack.Add(Encoding.Latin1.GetString(Take(Take(1)[0]))); break;
            case 'T' or 'B': _stack.Add(Leave(UInt32())); break;
            case '\u008e': _stack.Add(Leave(BinaryPrimitives.ReadUInt64LittleEndian(Take(8)))); break;
            case ')': _stack.Add(new PickleTuple([])); break;
            case '\u0085': _stack.Add(new PickleTuple(PopMany(1))); break;
            case '\u0086': _stack.Add(new PickleTuple(PopMany(2))); break;
            case '\u0087': _stack.Add(new PickleTuple(PopMany(3))); break;
            case 't': _stack.Add(new PickleTuple(PopToMark())); break;
            case ']': _stack.Add(new List<object?>()); break;
            case 'a': Append(PopMany(1)); break;
            case 'e': Append(PopToMark()); break;
            case '}': _stack.Add(new PickleDict()); break;
            case 's': SetItems(PopMany(2)); break;
            case 'u': SetItems(PopToMark()); break;
            case 'q': _memo[Take(1)[0]] = Top(); break;
            case 'r': _memo[UInt32()] = Top(); break;
            case '\u0094': _memo[(uint)_memo.Count] = Top(); break;
            case 'h': _stack.Add(Remembered(Take(1)[0])); break;
            case 'j': _stack.Add(Remembered(UInt32())); break;
            case 'c': _stack.Add(vocabulary.Resolve($"{Line()}.{Line()}")); break;
            case '\u0093': _stack.Add(NamedOnStack()); break;
            case '\u0095': Take(8); break; // length of a frame
            case 'Q': _stack.Add(vocabulary.Persistent(Pop())); break;
            case 'R': Call(); break;
            case 'b': Build(); break;
            default: throw new InvalidOperationException($"Instruction 0x{(int)instruction:x2} is allowed, but not known.");
        }
    }

    private void Protocol(byte version)
    {
        if (version > vocabulary.HighestProtocol)
            throw Broken(_at, $"has protocol {version}; a {vocabulary.Kind} is read up to protocol {vocabulary.HighestProtocol}");
    }

    private PickleGlobal NamedOnStack() => PopMany(2) is [string module, string name]
        ? vocabulary.Resolve($"{module}.{name}")
        : throw Broken(_at, "takes a name from something that is not text");

    private void Call()
    {
        var arguments = Pop();
        _stack.Add(vocabulary.Apply(Pop(), arguments));
    }

    private void Build()
    {
        var state = Pop();
        if (!vocabulary.Build(Top(), state))
            throw Broken(_at, "sets the attributes of something that has none");
    }

    private void Append(List<object?> items)
    {
        if (Top() is not List<object?> list)
            throw Broken(_at, "appends to something that is not a list");
        list.AddRange(items);
    }

    private void SetItems(List<object?> items)
    {
        if (Top() is not PickleDict dictionary || items.Count % 2 != 0)
            throw Broken(_at, "sets items of something that is not a dictionary");
        for (var i = 0; i < items.Count; i += 2)
            dictionary.Add(items[i], items[i + 1]);
    }

    private object? Remembered(uint number) =>
        _memo.TryGetValue(number, out var value) ? value : throw Broken(_at, $"recalls value {number}, which it never kept");

    private uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    private long Long(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > sizeof(long))
            throw Broken(_at, $"has a whole number of {bytes.Length} bytes");
        var value = bytes.Length > 0 && bytes[^1] >= 0x80 ? -1L : 0L;
        for (var i = bytes.Length - 1; i >= 0; i--)
            value = (value << 8) | bytes[i];
        return value;
    }

    private string Line()
    {
        var line = new List<byte>();
        for (byte letter; (letter = Take(1)[0]) != '\n'; line.Add(letter))
        {
            if (line.Count == LongestName)
                throw Broken(_at, $"has a name of more than {LongestName} bytes");
        }

        return Encoding.UTF8.GetString([.. line]);
    }

    private PickleBytes Leave(ulong length)
    {
        Check(length);
        var bytes = new PickleBytes(_at, (long)length);
        stream.Position = _at += bytes.Length;
        return bytes;
    }

    private byte[] Take(uint length)
    {
        Check(length);
        if (length > LongestText)
            throw Broken(_at, $"has a text of {length} bytes, which no {vocabulary.Kind} needs");
        var bytes = new byte[length];
        ExactReading.Fill(stream, bytes, () => $"{source}, its pickle (byte {_at})");
        _at += length;
        return bytes;
    }

    private void Check(ulong length)
    {
        if (length > (ulong)(_length - _at))
            throw Broken(_at, $"is cut short: {length} bytes are needed, {_length - _at} are left");
    }

    private object? Top() => _stack.Count > Floor ? _stack[^1] : throw Empty();

    private object? Pop() => PopMany(1)[0];

    private List<object?> PopMany(int count)
    {
        if (_stack.Count - Floor < count)
            throw Empty();
        return Cut(_stack.Count - count);
    }

    private List<object?> PopToMark() => _marks.TryPop(out var mark) ? Cut(mark) : throw Empty();

    private List<object?> Cut(int from)
    {
        var items = _stack[from..];
        _stack.RemoveRange(from, items.Count);
        return items;
    }

    /// <summary>Values below the last mark are out of reach.</summary>
    private int Floor => _marks.TryPeek(out var mark) ? mark : 0;

    private InputException Empty() => Broken(_at, "takes values that are not there");

    private InputException Broken(long at, string what) => new($"{source}: its pickle {what} (byte {at}).");
}
