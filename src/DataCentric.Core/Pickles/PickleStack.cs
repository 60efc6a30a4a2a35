namespace DataCentric.Pickles;

/// <summary>The stack of the pickle machine. Values below the last mark are out of reach.</summary>
/// <param name="empty">The error where a value is taken that is not there.</param>
internal sealed class PickleStack(Func<InputException> empty)
{
    private readonly List<object?> _values = [];
    private readonly Stack<int> _marks = new();

    private int Floor => _marks.TryPeek(out var mark) ? mark : 0;

    /// <summary>Puts a value on top.</summary>
    public void Add(object? value) => _values.Add(value);

    /// <summary>Marks the place above the last value.</summary>
    public void Mark() => _marks.Push(_values.Count);

    /// <summary>The last value, which stays.</summary>
    public object? Top() => _values.Count > Floor ? _values[^1] : throw empty();

    /// <summary>Takes the last value.</summary>
    public object? Pop() => PopMany(1)[0];

    /// <summary>Takes the last values, in their order.</summary>
    public List<object?> PopMany(int count) => _values.Count - Floor >= count ? Cut(_values.Count - count) : throw empty();

    /// <summary>Takes the last mark and the values above it, in their order.</summary>
    public List<object?> PopToMark() => _marks.TryPop(out var mark) ? Cut(mark) : throw empty();

    private List<object?> Cut(int from)
    {
        var items = _values[from..];
        _values.RemoveRange(from, items.Count);
        return items;
    }
}
