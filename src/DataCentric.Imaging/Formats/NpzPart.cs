namespace DataCentric.Imaging.Formats;

/// <summary>
/// Images and labels in an npz file, told by customary names: of a whole set, or of its parts as in Keras' mnist.npz (<c>x_train</c> and
/// <c>y_train</c>) and in MedMNIST (<c>train_images</c> and <c>train_labels</c>).
/// </summary>
/// <param name="Name">train, val or test.</param>
/// <param name="Images">Name of the array of images, as it stands in the file.</param>
/// <param name="Labels">Name of the array of labels.</param>
internal sealed record NpzPart(string Name, string Images, string Labels)
{
    /// <summary>The part to train on, and a set without parts.</summary>
    public const string Training = "train";

    /// <summary>Names of a set without parts; where several fit, the first counts.</summary>
    private static readonly (string Images, string Labels)[] Whole =
        [("data", "label"), ("data", "labels"), ("images", "labels"), ("images", "label"), ("x", "y")];

    /// <summary>The names that numpy gives where none are given; they come last.</summary>
    private static readonly (string Images, string Labels) Unnamed = ("arr_0", "arr_1");

    /// <summary>Names of a part, {0} for its own.</summary>
    private static readonly (string Images, string Labels)[] Divided =
        [("x_{0}", "y_{0}"), ("{0}_images", "{0}_labels"), ("{0}_data", "{0}_labels"), ("{0}_x", "{0}_y"), ("images_{0}", "labels_{0}")];

    private static readonly (string Name, string[] Spellings)[] Parts =
        [(Training, [Training]), ("val", ["val", "valid", "validation"]), ("test", ["test"])];

    /// <summary>The names, for messages.</summary>
    public static string Expected { get; } = string.Join(
        ", ",
        Whole.Append(Unnamed).Select(pair => $"{pair.Images} and {pair.Labels}").Concat(Divided.Take(2).Select(pair => $"{In(pair.Images, Training)} and {In(pair.Labels, Training)} (or val, test)")));

    /// <summary>The parts that a file holds, at most one of a name: train, val, test.</summary>
    /// <param name="arrays">Names of its arrays; case does not matter.</param>
    public static IReadOnlyList<NpzPart> Among(IReadOnlyCollection<string> arrays)
    {
        var own = arrays.ToDictionary(name => name, StringComparer.OrdinalIgnoreCase);
        return [.. Parts.Select(part => First(own, part.Name, Candidates(part.Name, part.Spellings))).OfType<NpzPart>()];
    }

    private static IEnumerable<(string Images, string Labels)> Candidates(string part, string[] spellings)
    {
        var divided = spellings.SelectMany(spelling => Divided.Select(pair => (In(pair.Images, spelling), In(pair.Labels, spelling))));
        return part == Training ? [.. Whole, .. divided, Unnamed] : divided;
    }

    private static NpzPart? First(Dictionary<string, string> own, string part, IEnumerable<(string Images, string Labels)> candidates) => candidates
        .Where(pair => own.ContainsKey(pair.Images) && own.ContainsKey(pair.Labels))
        .Select(pair => new NpzPart(part, own[pair.Images], own[pair.Labels]))
        .FirstOrDefault();

    private static string In(string pattern, string part) => pattern.Replace("{0}", part, StringComparison.Ordinal);
}
