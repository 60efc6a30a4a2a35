using DataCentric.Imaging.Formats.Arrays;
using DataCentric.Npy;

namespace DataCentric.Imaging.Formats;

/// <summary>Class names as texts (N,) or (N, 1): classes are the names that occur in ordinal order, or those of <c>classes.txt</c> in its order.</summary>
internal sealed class NpyNameLabels : NpyLabelFile
{
    private readonly Dictionary<string, int> _labels = new(StringComparer.Ordinal);

    /// <summary>Reads all labels once.</summary>
    /// <exception cref="InputException">A text is no name, or is not in the file of names; or they are too many.</exception>
    public NpyNameLabels(NpyRows rows, string? namesFile)
        : base(rows)
    {
        var known = namesFile is null ? null : ClassNames.Read(namesFile);
        foreach (var name in known ?? [])
            _labels.Add(name, _labels.Count);
        for (var row = 0; row < Count; row++)
        {
            var name = NextName();
            if (!_labels.TryAdd(name, 0))
                continue;
            if (known is not null)
                throw new InputException($"{Place(0)}: the class \"{VisibleText.Of(name)}\" is not named in {namesFile}.");
            if (_labels.Count > ClassNames.Limit)
                throw new InputException($"{Rows.Source.Name}: has more than {ClassNames.Limit} different class names.");
        }

        Rows.Restart();
        Classes = known ?? [.. _labels.Keys.Order(StringComparer.Ordinal)];
        for (var label = 0; label < Classes.Count; label++)
            _labels[Classes[label]] = label;
    }

    public override void Read(Span<int> labels, Span<float> softLabels)
    {
        foreach (ref var label in labels)
        {
            label = _labels.TryGetValue(NextName(), out var known)
                ? known
                : throw new InputException($"{Place(0)}: differs from what it was when the file was opened.");
        }
    }

    private string NextName()
    {
        var name = NpyText.Read(Rows.Header.Type, NextRow());
        if (string.IsNullOrWhiteSpace(name) || name.Any(char.IsControl))
            throw new InputException($"{Place(0)}: {(name is { Length: 0 } ? "is empty" : "is no plain text")}; expected the name of a class.");
        return name;
    }
}
