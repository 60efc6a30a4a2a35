using static TorchSharp.torch;

namespace DataCentric.Adversarial.Networks;

/// <summary>A named way to build a classifier.</summary>
/// <param name="Name">Registry name, such as <c>resnet20</c>.</param>
/// <param name="Build">Makes the layers for a class count and returns the function from normalised images to logits.</param>
internal sealed record Architecture(string Name, Func<NetworkBuilder, int, Func<Tensor, Tensor>> Build)
{
    /// <summary>What its published weights were trained on; null where there are none, or several that differ.</summary>
    public PublishedInput? Published { get; init; }
}

/// <summary>Images that published weights were trained on.</summary>
/// <param name="Shape">Their height and width.</param>
/// <param name="Mean">Mean of red, green and blue on pixels in [0, 1]; the network sees (pixel - mean) / deviation.</param>
/// <param name="Deviation">Standard deviation of red, green and blue.</param>
internal sealed record PublishedInput(ImageShape Shape, float[] Mean, float[] Deviation);

/// <summary>Networks of one design in one or more sizes. Every implementation in this assembly is in the registry.</summary>
internal interface IArchitectureFamily
{
    /// <summary>The sizes that exist.</summary>
    IEnumerable<Architecture> Members { get; }
}

/// <summary>The registry of architectures.</summary>
internal static class Architectures
{
    private static readonly SortedDictionary<string, Architecture> ByName = new(
        typeof(IArchitectureFamily).Assembly.GetTypes()
            .Where(type => type.IsClass && type.IsAssignableTo(typeof(IArchitectureFamily)))
            .SelectMany(type => ((IArchitectureFamily)Activator.CreateInstance(type)!).Members)
            .ToDictionary(architecture => architecture.Name),
        StringComparer.Ordinal);

    /// <summary>All names, sorted.</summary>
    public static IReadOnlyCollection<string> Names => ByName.Keys;

    /// <summary>All, sorted by name.</summary>
    public static IReadOnlyCollection<Architecture> All => ByName.Values;

    /// <summary>Looks an architecture up.</summary>
    /// <param name="name">Registry name.</param>
    /// <exception cref="InputException">There is none of that name.</exception>
    public static Architecture Get(string name) => ByName.TryGetValue(name, out var architecture)
        ? architecture
        : throw new InputException($"There is no architecture \"{name}\"; there are {string.Join(", ", Names)}.");
}
