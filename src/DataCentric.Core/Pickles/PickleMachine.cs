using System.Globalization;

namespace DataCentric.Pickles;

/// <summary>
/// Reads a pickle without running anything: of Python's pickle machine (PEP 307, Lib/pickletools.py) the instructions that make plain
/// values, and those that a <see cref="PickleVocabulary"/> allows. Names become <see cref="PickleGlobal"/> if the vocabulary knows them;
/// nothing is ever imported or called. Each instruction makes at most one value and long strings stay in the stream, so memory is
/// bounded by the length of the pickle and the vocabulary's limit.
/// </summary>
public sealed class PickleMachine
{
    private const string Common = "\u0080(N\u0088\u0089KMJ\u008aGX)\u0085\u0086\u0087t]ae}suqrhjcRb.";

    private readonly PickleStack _stack;
    private readonly Dictionary<uint, object?> _memo = [];
    private readonly PickleVocabulary _vocabulary;
    private readonly PickleInput _input;
    private readonly PickleLiterals _literals;

    /// <summary>Stands before a pickle.</summary>
    /// <param name="stream">The pickle; seekable, read from its position.</param>
    /// <param name="vocabulary">What may occur.</param>
    /// <param name="source">File, for messages.</param>
    public PickleMachine(Stream stream, PickleVocabulary vocabulary, string source)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(vocabulary);
        (_vocabulary, _input) = (vocabulary, new(stream, vocabulary.Kind, source));
        (_literals, _stack) = (new(_input, vocabulary.HasLongTexts), new(() => Broken("takes values that are not there")));
    }

    /// <summary>Reads to the end.</summary>
    /// <returns>
    /// null, bool, long, double, string, <see cref="PickleTuple"/>, List of objects, <see cref="PickleDict"/>, <see cref="PickleBytes"/>,
    /// or what the vocabulary makes.
    /// </returns>
    /// <exception cref="InputException">Broken, cut short, or with something that the vocabulary does not allow.</exception>
    public object? Read()
    {
        for (var left = _vocabulary.MostInstructions; left > 0; left--)
        {
            var at = _input.At;
            var instruction = (char)_input.Byte();
            if (!Common.Contains(instruction, StringComparison.Ordinal) && !_vocabulary.Instructions.Contains(instruction, StringComparison.Ordinal))
                throw _input.Broken(at, $"has the instruction 0x{(int)instruction:x2}, which no {_vocabulary.Kind} needs; nothing of it was run");
            if (instruction == '.')
                return _stack.Pop();
            Run(instruction);
        }

        throw Broken($"has more than {_vocabulary.MostInstructions} instructions, which no {_vocabulary.Kind} needs");
    }

    private void Run(char instruction)
    {
        if (_literals.TryRead(instruction, out var value))
        {
            _stack.Add(value);
            return;
        }

        switch (instruction)
        {
            case '\u0080': Protocol(_input.Byte()); break;
            case '(': _stack.Mark(); break;
            case ')': _stack.Add(new PickleTuple([])); break;
            case '\u0085': _stack.Add(new PickleTuple(_stack.PopMany(1))); break;
            case '\u0086': _stack.Add(new PickleTuple(_stack.PopMany(2))); break;
            case '\u0087': _stack.Add(new PickleTuple(_stack.PopMany(3))); break;
            case 't': _stack.Add(new PickleTuple(_stack.PopToMark())); break;
            case ']': _stack.Add(new List<object?>()); break;
            case 'a': Append(_stack.PopMany(1)); break;
            case 'e': Append(_stack.PopToMark()); break;
            case '}': _stack.Add(new PickleDict()); break;
            case 's': SetItems(_stack.PopMany(2)); break;
            case 'u': SetItems(_stack.PopToMark()); break;
            case 'd': Dictionary(_stack.PopToMark()); break;
            case 'l': _stack.Add(_stack.PopToMark()); break;
            case 'q': _memo[_input.Byte()] = _stack.Top(); break;
            case 'r': _memo[_input.UInt32()] = _stack.Top(); break;
            case '\u0094': _memo[(uint)_memo.Count] = _stack.Top(); break;
            case 'p': _memo[Number(_input.Line())] = _stack.Top(); break;
            case 'g': _stack.Add(Remembered(Number(_input.Line()))); break;
            case 'h': _stack.Add(Remembered(_input.Byte())); break;
            case 'j': _stack.Add(Remembered(_input.UInt32())); break;
            case 'c': _stack.Add(_vocabulary.Resolve($"{_input.Line()}.{_input.Line()}")); break;
            case '\u0093': _stack.Add(NamedOnStack()); break;
            case '\u0095': _input.Take(8); break; // length of a frame
            case 'Q': _stack.Add(_vocabulary.Persistent(_stack.Pop())); break;
            case 'R': Call(); break;
            case 'b': Build(); break;
            default: throw new InvalidOperationException($"Instruction 0x{(int)instruction:x2} is allowed, but not known.");
        }
    }

    private void Protocol(byte version)
    {
        if (version > _vocabulary.HighestProtocol)
            throw Broken($"has protocol {version}; a {_vocabulary.Kind} is read up to protocol {_vocabulary.HighestProtocol}");
    }

    private PickleGlobal NamedOnStack() => _stack.PopMany(2) is [string module, string name]
        ? _vocabulary.Resolve($"{module}.{name}")
        : throw Broken("takes a name from something that is not text");

    private void Call()
    {
        var arguments = _stack.Pop();
        _stack.Add(_vocabulary.Apply(_stack.Pop(), arguments));
    }

    private void Build()
    {
        var state = _stack.Pop();
        if (!_vocabulary.Build(_stack.Top(), state))
            throw Broken("sets the attributes of something that has none");
    }

    private void Append(List<object?> items)
    {
        if (_stack.Top() is not List<object?> list)
            throw Broken("appends to something that is not a list");
        list.AddRange(items);
    }

    private void Dictionary(List<object?> items)
    {
        _stack.Add(new PickleDict());
        SetItems(items);
    }

    private uint Number(string line) => uint.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw Broken("has a line that is no number of a value");

    private void SetItems(List<object?> items)
    {
        if (_stack.Top() is not PickleDict dictionary || items.Count % 2 != 0)
            throw Broken("sets items of something that is not a dictionary");
        for (var i = 0; i < items.Count; i += 2)
            dictionary.Add(items[i], items[i + 1]);
    }

    private object? Remembered(uint number) =>
        _memo.TryGetValue(number, out var value) ? value : throw Broken($"recalls value {number}, which it never kept");

    private InputException Broken(string what) => _input.Broken(_input.At, what);
}
