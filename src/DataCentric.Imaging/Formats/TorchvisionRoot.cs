namespace DataCentric.Imaging.Formats;

/// <summary>
/// The folder that torchvision's data sets are given as <c>root</c> (0.20; torchvision/datasets/mnist.py, cifar.py), or its folder MNIST:
/// where exactly one of the sets lies below at its place, naming the root is enough.
/// </summary>
internal static class TorchvisionRoot
{
    private static readonly (string Place, FormatProbe Probe)[] Sets =
    [
        ("MNIST/raw", IdxReader.Probe),
        ("FashionMNIST/raw", IdxReader.Probe),
        ("KMNIST/raw", IdxReader.Probe),
        ("raw", IdxReader.Probe),
        ("cifar-10-batches-py", CifarPythonReader.Probe),
        ("cifar-100-python", CifarPythonReader.Probe),
    ];

    public static FormatProbe Probe { get; } = new(
        $"torchvision root: a folder that holds one of {string.Join(", ", Sets.Where(set => set.Place != "raw").Select(set => set.Place))}",
        path => Find(path) is { } set ? set.Probe.Files(set.Path, default) : null,
        Open);

    /// <summary>Whether a folder is one with a single set.</summary>
    public static bool Is(string path) => Find(path) is not null;

    private static RemarkedReader Open(string path)
    {
        var (set, probe) = Find(path) ?? throw new InputException($"{path}: holds no single data set of torchvision.");
        return new RemarkedReader(probe.Open(set, default), $"{path}: read is the data set in {set}.");
    }

    private static (string Path, FormatProbe Probe)? Find(string path)
    {
        (string Path, FormatProbe Probe)[] found =
        [
            .. Sets.Select(set => (Path: Path.Combine(path, set.Place), set.Probe))
                .Where(set => Directory.Exists(set.Path) && set.Probe.Files(set.Path, default) is not null),
        ];
        return found is [var only] ? only : null;
    }
}
