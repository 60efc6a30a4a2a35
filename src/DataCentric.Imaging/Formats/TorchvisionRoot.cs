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
        (path, _) => Find(path) is { } set ? set.Found with { Open = () => new RemarkedReader(set.Found.Open(), $"{path}: read is the data set in {set.Path}.") } : null);

    /// <summary>Whether a folder is one with a single set.</summary>
    public static bool Is(string path) => Find(path) is not null;

    private static (string Path, FoundSet Found)? Find(string path)
    {
        (string Path, FoundSet Found)[] found =
        [
            .. Sets.Select(set => (Path: Path.Combine(path, set.Place), set.Probe))
                .Where(set => Directory.Exists(set.Path))
                .Select(set => (set.Path, Found: set.Probe.Find(set.Path, default)!))
                .Where(set => set.Found is not null),
        ];
        return found is [var only] ? only : null;
    }
}
