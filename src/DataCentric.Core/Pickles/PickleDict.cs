namespace DataCentric.Pickles;

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
