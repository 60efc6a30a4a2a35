namespace DataCentric.Adversarial.Exchange;

/// <summary>A Python tuple.</summary>
/// <param name="Items">Its items.</param>
internal sealed record PickleTuple(IReadOnlyList<object?> Items);

/// <summary>A Python dict or OrderedDict, in the order of insertion.</summary>
internal sealed class PickleDict
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

/// <summary>A name that the pickle may use, such as <c>torch._utils._rebuild_tensor_v2</c>. It stands for itself; nothing is called.</summary>
/// <param name="Name">Module and name.</param>
internal sealed record PickleGlobal(string Name);

/// <summary>Values of one or more tensors in a file of their own.</summary>
/// <param name="Type">Name of the type, such as <c>torch.FloatStorage</c>.</param>
/// <param name="Key">Name of the file below <c>data/</c>.</param>
/// <param name="Count">Number of values.</param>
internal sealed record PickleStorage(string Type, string Key, long Count);

/// <summary>A tensor: a view of a storage.</summary>
/// <param name="Storage">Its values.</param>
/// <param name="Layout">Which of them, in which order.</param>
internal sealed record PickleTensor(PickleStorage Storage, StridedLayout Layout);
