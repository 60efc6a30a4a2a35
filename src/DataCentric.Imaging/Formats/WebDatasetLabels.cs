namespace DataCentric.Imaging.Formats;

/// <summary>The labels of a WebDataset.</summary>
/// <param name="Indexes">Class index of each image.</param>
/// <param name="Classes">Names of the classes in label order.</param>
/// <param name="AreSoft">Whether images have rows of probabilities, some of which say more than a class index.</param>
internal sealed record WebDatasetLabels(int[] Indexes, IReadOnlyList<string> Classes, bool AreSoft)
{
    private const int FewNames = 20;

    /// <summary>Reads headers and labels of all shards.</summary>
    /// <param name="shards">The files in order.</param>
    /// <param name="namesFile">A file with names of classes, or null.</param>
    /// <exception cref="InputException">A shard is broken, or a sample has no picture or no label.</exception>
    public static WebDatasetLabels Read(IReadOnlyList<string> shards, string? namesFile)
    {
        var (labels, soft, noted) = (new LabelCollector(), new SoftRows(), new NotedNames());
        foreach (var sample in shards.SelectMany(shard => WebDatasetShard.Samples(shard, withTexts: true)))
        {
            if (sample.Picture is null)
                throw new InputException($"{sample.Place}: has no picture; expected {PictureFiles.Expected} beside its label. It has {string.Join(", ", sample.Members.Select(member => member.Name))}.");
            var label = WebDatasetLabel.Of(sample);
            if (label.Number is { } number)
                labels.Add(number, () => sample.Place);
            else
                labels.Add(label.Name!, () => sample.Place);
            soft.Add(label.Probabilities is { } row ? [row] : null, _ => sample.Place, shards[0]);
            noted.Add(label.Number, label.ClassName);
        }

        if (namesFile is null && labels.Names > FewNames && labels.Names * 2 > labels.Count)
        {
            throw new InputException(
                $"{shards[0]}: the labels are {labels.Names} different texts for {labels.Count} images, as captions are; expected a class index or the name of a class. Give each sample a file cls with one.");
        }

        var names = namesFile is not null ? ClassNames.Read(namesFile) : noted.For(soft.Columns) ?? soft.Digits;
        var (indexes, classes) = labels.Finish(names, namesFile ?? shards[0]);
        if (soft.AreSoft && classes.Count != soft.Columns)
            throw new InputException($"{namesFile ?? shards[0]}: names {classes.Count} classes, but the rows of probabilities have {soft.Columns} columns.");
        return new(indexes, classes, soft.AreSoft);
    }

    /// <summary>Names that stand beside class indexes; they hold where each index has one name and each name one index.</summary>
    private sealed class NotedNames
    {
        private readonly Dictionary<long, string> _names = [];
        private bool _agree = true;

        public void Add(long? number, string? name) =>
            _agree &= number is { } label and >= 0 && name is { Length: > 0 } && (_names.TryAdd(label, name) || _names[label] == name);

        /// <summary>Names in label order, digits for classes without images; null where there are none.</summary>
        public string[]? For(int columns)
        {
            if (!_agree || _names.Count == 0 || _names.Keys.Max() >= ClassNames.Limit)
                return null;
            var names = ClassNames.Digits(Math.Max(columns, (int)_names.Keys.Max() + 1)).ToArray();
            foreach (var (label, name) in _names)
                names[label] = name;
            return names.Distinct(StringComparer.Ordinal).Count() == names.Length ? names : null;
        }
    }
}
