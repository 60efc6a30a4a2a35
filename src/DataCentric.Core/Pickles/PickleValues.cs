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
public sealed record PickleBytes(long Offset, long Length);

/// <summary>A name that a pickle may use, such as <c>torch._utils._rebuild_tensor_v2</c>. It stands for itself; nothing is called.</summary>
/// <param name="Name">Module and name.</param>
public sealed record PickleGlobal(string Name);
