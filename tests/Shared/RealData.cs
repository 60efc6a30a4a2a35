namespace DataCentric.Tests;

/// <summary>Finds real data sets; a test that needs one that is not there is skipped and says so.</summary>
internal static class RealData
{
    /// <summary>The checkout that holds this test assembly.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A file of the bundled sample.</summary>
    public static string Sample(string name) => Path.Combine(Root, "samples", "fashion-mnist", name);

    /// <summary>A CIFAR-10 file from DATACENTRIC_CIFAR10 or ../shared/data/cifar10 beside the checkout.</summary>
    public static string Cifar10(string name) => Beside("DATACENTRIC_CIFAR10", "data/cifar10", name);

    /// <summary>Published weights from DATACENTRIC_WEIGHTS or ../shared/data/weights beside the checkout.</summary>
    public static string Weights(string name) => Beside("DATACENTRIC_WEIGHTS", "data/weights", name);

    private static string Beside(string variable, string folder, string name)
    {
        var directory = Environment.GetEnvironmentVariable(variable) ?? Path.Combine(Root, "..", "shared", folder);
        var path = Path.GetFullPath(Path.Combine(directory, name));
        if (!File.Exists(path))
            Assert.Skip($"{name} is not here; set {variable} to the folder that holds it.");
        return path;
    }

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "DataCentric.Functions.sln")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new InvalidOperationException("The tests run outside the checkout.");
    }
}
