namespace DataCentric.Pipeline.DataSets;

/// <summary>
/// Chooses the few entries of a group that are shown: the first ones. Where those are all of one class, as in a set that is sorted by class,
/// the first of each class instead, as far as there are classes.
/// </summary>
internal sealed class ExampleChoice
{
    /// <summary>How many are shown.</summary>
    public const int Most = 4;

    private readonly List<ManifestEntry> _first = [];
    private readonly List<ManifestEntry> _ofClasses = [];

    /// <summary>The chosen ones by ascending index.</summary>
    public IReadOnlyList<ManifestEntry> Chosen => _first.Select(entry => entry.Label).Distinct().Count() > 1
        ? _first
        : [.. _ofClasses.Concat(_first.Skip(1)).Take(Most).OrderBy(entry => entry.Index)];

    /// <summary>Looks at the next entry.</summary>
    public void Add(ManifestEntry entry)
    {
        if (_first.Count < Most)
            _first.Add(entry);
        if (_ofClasses.Count < Most && _ofClasses.TrueForAll(other => other.Label != entry.Label))
            _ofClasses.Add(entry);
    }
}
