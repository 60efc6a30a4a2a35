namespace DataCentric.Pickles;

/// <summary>A Python tuple.</summary>
/// <param name="Items">Its items.</param>
public sealed record PickleTuple(IReadOnlyList<object?> Items);

/// <summary>A Python dict or OrderedDict, in the order of insertion.</summary>
public sealed class PickleDict
{
    private readonly List<KeyValuePair<object?, object?>> _items = [];

    /// <summary>Keys and values.</summary>
    public IReadOnlyList<KeyValuePair<object?, object?>> Items => _items;

    /// <summary>Adds an item behind the others.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="value">Its value.</param>
    public void Add(object? key, object? value) => _items.Add(new(key, value));

    /// <summary>The value of a key, or null.</summary>
    /// <param name="key">A string.</param>
    public object? Find(string key) => _items.LastOrDefault(item => item.Key is string name && name == key).Value;
}

/// <summary>A long string of bytes, left where it lies in the stream.</summary>
/// <param name="Offset">Place of its first byte in the stream.</param>
/// <param name="Length">Number of bytes; all of them are there.</param>
/// <param name="Encoding">What they stand for.</param>
public sealed record PickleBytes(long Offset, long Length, PickleEncoding Encoding = PickleEncoding.Plain);

/// <summary>How a string lies in a pickle.</summary>
public enum PickleEncoding
{
    /// <summary>Byte by byte.</summary>
    Plain,

    /// <summary>As UTF-8.</summary>
    Utf8,

    /// <summary>Of protocol 0: bytes are Latin-1, and <c>\uXXXX</c> and <c>\UXXXXXXXX</c> other letters (Python's raw-unicode-escape).</summary>
    UnicodeEscape,

    /// <summary>Of protocol 0 of Python 2: bytes, with <c>\xXX</c>, <c>\n</c>, <c>\\</c> and such for some of them.</summary>
    StringEscape,
}

/// <summary>A name that a pickle may use, such as <c>torch._utils._rebuild_tensor_v2</c>. It stands for itself; nothing is called.</summary>
/// <param name="Name">Module and name.</param>
public sealed record PickleGlobal(string Name);
