using DataCentric.Imaging.Duplicates;

namespace DataCentric.Imaging.Inspection;

/// <summary>Counts what <see cref="ImageIndex"/> and <see cref="NearDuplicateSearch"/> find.</summary>
internal static class DuplicateCounter
{
    private const int MaxExamples = 20;

    /// <summary>Images that equal an earlier one of the set.</summary>
    public static DuplicateCount Within(ImageIndex set)
    {
        var first = new Dictionary<UInt128, int>();
        return Count(set, set, image => first.TryAdd(set.Hash(image), image) ? null : first[set.Hash(image)]);
    }

    /// <summary>Images that equal one of another set.</summary>
    public static DuplicateCount Between(ImageIndex set, ImageIndex others)
    {
        var first = new Dictionary<UInt128, int>();
        for (var other = 0; other < others.Count; other++)
            first.TryAdd(others.Hash(other), other);
        return Count(set, others, image => first.TryGetValue(set.Hash(image), out var other) ? other : null);
    }

    /// <summary>Images that show the same as an earlier one; null where there are too many to compare.</summary>
    public static NearDuplicateCount? NearWithin(ImageIndex set, Action<int, int>? report, CancellationToken cancellationToken) =>
        set.HasPictures ? Count(set, set, NearDuplicateSearch.Within(set, report, cancellationToken)) : null;

    /// <summary>Images that show the same as one of another set; null where there are too many to compare.</summary>
    public static NearDuplicateCount? NearBetween(ImageIndex set, ImageIndex others, Action<int, int>? report, CancellationToken cancellationToken) =>
        set.HasPictures && others.HasPictures ? Count(set, others, NearDuplicateSearch.Between(set, others, report, cancellationToken)) : null;

    private static DuplicateCount Count(ImageIndex set, ImageIndex others, Func<int, int?> partner)
    {
        var (images, otherLabels) = (0, 0);
        var repeated = new HashSet<int>();
        var examples = new List<DuplicateExample>();
        for (var image = 0; image < set.Count; image++)
        {
            if (partner(image) is not { } other)
                continue;
            images++;
            repeated.Add(other);
            var same = set.Label(image) == others.Label(other);
            otherLabels += same ? 0 : 1;
            if (examples.Count < MaxExamples)
                examples.Add(new(set.Source(image), others.Source(other), same));
        }

        return new(images, repeated.Count, otherLabels, examples);
    }

    private static NearDuplicateCount Count(ImageIndex set, ImageIndex others, IReadOnlyList<NearPair> pairs)
    {
        NearDuplicateExample[] all =
        [
            .. pairs.OrderByDescending(pair => pair.Similarity).ThenBy(pair => pair.Image).Select(pair => new NearDuplicateExample(
                set.Source(pair.Image),
                others.Source(pair.Other),
                pair.Mirrored,
                Math.Round(pair.Similarity, 4),
                set.Label(pair.Image) == others.Label(pair.Other))),
        ];
        return new(all.Length, all.Count(pair => !pair.SameLabel), all);
    }
}
