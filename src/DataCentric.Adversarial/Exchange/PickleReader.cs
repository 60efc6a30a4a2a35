using System.Buffers.Binary;
using System.Text;

namespace DataCentric.Adversarial.Exchange;

/// <summary>
/// Reads the pickle of a state dict: of Python's pickle machine (PEP 307, Lib/pickletools.py) those instructions of protocol 2 that
/// torch.save writes for dictionaries of tensors, numbers and text. It makes plain values; names become <see cref="PickleGlobal"/> if
/// <see cref="StateDictGlobals"/> knows them, and nothing is ever imported or called. Each instruction makes at most one value, so
/// memory is bounded by the length of the pickle.
/// </summary>
/// <param name="pickle">The bytes.</param>
/// <param name="globals">What names and calls stand for.</param>
/// <param name="source">File, for messages.</param>
internal sealed class PickleReader(byte[] pickle, StateDictGlobals globals, string source)
{
    private const int HighestProtocol = 2;

    private readonly List<object?> _stack = [];
    private readonly Stack<int> _marks = new();
    private readonly Dictionary<uint, object?> _memo = [];
    private int _at;

    /// <summary>Reads to the end.</summary>
    /// <returns>null, bool, long, double, string, <see cref="PickleTuple"/>, List of objects, <see cref="PickleDict"/>, or a tensor.</returns>
    /// <exception cref="InputException">Broken, cut short, or with something that does not belong into a state dict.</exception>
    public object? Read()
    {
        while (true)
        {
            var at = _at;
            var instruction = (char)Take(1)[0];
            if (instruction == '.')
                return Pop();
            if (!Run(instruction))
                throw Broken(at, $"has the instruction 0x{(int)instruction:x2}, which no state dict needs; nothing of it was run");
        }
    }

    private bool Run(char instruction)
    {
        switch (instruction)
        {
            case '\x80': Protocol(Take(1)[0]); break;
            case '(': _marks.Push(_stack.Count); break;
            case 'N': _stack.Add(null); break;
            case '\x88': _stack.Add(true); break;
            case '\x89': _stack.Add(false); break;
            case 'K': _stack.Add((long)Take(1)[0]); break;
            case 'M': _stack.Add((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2))); break;
            case 'J': _stack.Add((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4))); break;
            case '\x8a': _stack.Add(Long(Take(Take(1)[0]))); break;
            case 'G': _stack.Add(BinaryPrimitives.ReadDoubleBigEndian(Take(8))); break;
            case 'X': _stack.Add(Encoding.UTF8.GetString(Take(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))))); break;
            case ')': _stack.Add(new PickleTuple([])); break;
            case '\x85': _stack.Add(new PickleTuple(PopMany(1))); break;
            case '\x86': _stack.Add(new PickleTuple(PopMany(2))); break;
            case '\x87': _stack.Add(new PickleTuple(PopMany(3))); break;
            case 't': _stack.Add(new PickleTuple(PopToMark())); break;
            case ']': _stack.Add(new List<object?>()); break;
            case 'a': Append(PopMany(1)); break;
            case 'e': Append(PopToMark()); break;
            case '}': _stack.Add(new PickleDict()); break;
            case 's': SetItems(PopMany(2)); break;
            case 'u': SetItems(PopToMark()); break;
            case 'q': _memo[Take(1)[0]] = Top(); break;
            case 'r': _memo[BinaryPrimitives.ReadUInt32LittleEndian(Take(4))] = Top(); break;
            case 'h': _stack.Add(Remembered(Take(1)[0])); break;
            case 'j': _stack.Add(Remembered(BinaryPrimitives.ReadUInt32LittleEndian(Take(4)))); break;
            case 'c': _stack.Add(globals.Resolve($"{Line()}.{Line()}")); break;
            case 'Q': _stack.Add(globals.Storage(Pop())); break;
            case 'R': Call(); break;
            case 'b': Build(); break;
            default: return false;
        }

        return true;
    }

    private void Protocol(byte version)
    {
        if (version > HighestProtocol)
            throw Broken(_at, $"has protocol {version}; torch.save writes protocol {HighestProtocol} unless told otherwise");
    }

    private void Call()
    {
        var arguments = Pop();
        _stack.Add(globals.Call(Pop(), arguments));
    }

    /// <summary>Sets attributes; torch gives a state dict only notes on module versions, which are not needed.</summary>
    private void Build()
    {
        Pop();
        if (Top() is not PickleDict)
            throw Broken(_at, "sets the attributes of something that is no dictionary");
    }

    private void Append(List<object?> items)
    {
        if (Top() is not List<object?> list)
            throw Broken(_at, "appends to something that is no list");
        list.AddRange(items);
    }

    private void SetItems(List<object?> items)
    {
        if (Top() is not PickleDict dictionary || items.Count % 2 != 0)
            throw Broken(_at, "sets items of something that is no dictionary");
        for (var i = 0; i < items.Count; i += 2)
            dictionary.Add(items[i], items[i + 1]);
    }

    private object? Remembered(uint number) =>
        _memo.TryGetValue(number, out var value) ? value : throw Broken(_at, $"recalls value {number}, which it never kept");

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
        var length = pickle.AsSpan(_at).IndexOf((byte)'\n');
        if (length < 0)
            throw Broken(_at, "is cut short within a name");
        return Encoding.UTF8.GetString(Take((uint)length + 1)[..^1]);
    }

    private ReadOnlySpan<byte> Take(uint length)
    {
        if (length > pickle.Length - _at)
            throw Broken(_at, $"is cut short: {length} bytes are needed, {pickle.Length - _at} are left");
        _at += (int)length;
        return pickle.AsSpan(_at - (int)length, (int)length);
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

    private InputException Broken(int at, string what) => new($"{source}: its pickle {what} (byte {at}).");
}
