namespace DataCentric.Imaging.Formats;

/// <summary>Gathers the labels of a set, numbers or names of classes, and gives each its index.</summary>
internal sealed class LabelCollector
{
    private readonly List<int> _labels = [];
    private readonly Dictionary<string, (int Number, string Place)> _texts = new(StringComparer.Ordinal);
    private (int Label, string Place) _largest = (-1, "");

    /// <summary>Number of labels until now.</summary>
    public int Count => _labels.Count;

    /// <summary>Different names until now.</summary>
    public int Names => _texts.Count;

    /// <summary>Adds a number.</summary>
    /// <param name="number">Class index.</param>
    /// <param name="place">Where it stands, for messages.</param>
    /// <exception cref="InputException">It is none, or other labels are names.</exception>
    public void Add(long number, Func<string> place)
    {
        if (_texts.Count > 0)
            throw new InputException($"{place()}: the label is the number {number}, but the one of {_texts.First().Value.Place} is the name '{_texts.First().Key}'; expected one or the other.");
        if (number is < 0 or >= ClassNames.Limit)
        {
            throw new InputException(
                $"{place()}: label {number}; expected a class index from 0 to {ClassNames.Limit - 1}.{(number == -1 ? " -1 usually says that there is no label, as in test parts; --part chooses another part." : "")}");
        }

        _labels.Add((int)number);
        if (number > _largest.Label)
            _largest = ((int)number, place());
    }

    /// <summary>Adds a name.</summary>
    /// <param name="name">Name of a class.</param>
    /// <param name="place">Where it stands, for messages.</param>
    /// <exception cref="InputException">It is none, or other labels are numbers.</exception>
    public void Add(string name, Func<string> place)
    {
        if (_largest.Label >= 0)
            throw new InputException($"{place()}: the label is the name '{name}', but the one of {_largest.Place} is the number {_largest.Label}; expected one or the other.");
        if (name.Length == 0)
            throw new InputException($"{place()}: the label is empty; expected the name of a class.");
        if (!_texts.TryGetValue(name, out var known))
        {
            if (_texts.Count == ClassNames.Limit)
                throw new InputException($"{place()}: with '{name}' there are more than {ClassNames.Limit} classes; are these labels?");
            _texts[name] = known = (_texts.Count, place());
        }

        _labels.Add(known.Number);
    }

    /// <summary>The class index of each label, and the names of the classes.</summary>
    /// <param name="names">Names in label order where the source has them, else null; then names come in ordinal order, and numbers are their own names.</param>
    /// <param name="namesPlace">Where the names stand, for messages.</param>
    /// <exception cref="InputException">A label is not among the names.</exception>
    public (int[] Labels, IReadOnlyList<string> Classes) Finish(IReadOnlyList<string>? names, string namesPlace)
    {
        if (_texts.Count == 0)
        {
            return names is null || _largest.Label < names.Count
                ? ([.. _labels], names ?? ClassNames.Digits(_largest.Label + 1))
                : throw new InputException($"{_largest.Place}: label {_largest.Label} has no name; {namesPlace} names classes 0 to {names.Count - 1}.");
        }

        string[] classes = names is null ? [.. _texts.Keys.Order(StringComparer.Ordinal)] : [.. names];
        var indexes = classes.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => pair.index, StringComparer.Ordinal);
        var index = new int[_texts.Count];
        foreach (var (name, (number, place)) in _texts)
            index[number] = indexes.TryGetValue(name, out var found) ? found : throw new InputException($"{place}: the class '{name}' is not named in {namesPlace}.");
        return ([.. _labels.Select(number => index[number])], classes);
    }
}
