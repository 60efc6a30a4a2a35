namespace DataCentric.Imaging.Corruptions;

/// <summary>
/// The corruptions by their sets, as code asks for them: <c>Corruptions.Cifar["frost", severity: 2].Apply(pixels, corrupted, shape, seed, sample)</c>.
/// By names that users type: <see cref="CorruptionCatalog"/>.
/// </summary>
public static class Corruptions
{
    /// <summary>The paper's 14 kinds with the exact parameters of its published code (no severity), and a scale of five round them.</summary>
    public static CorruptionSet Paper14 { get; } = CorruptionCatalog.Set(CorruptionCatalog.Paper14);

    /// <summary>CIFAR-10-C's 19 kinds, with the constants made for 32 x 32 pixels.</summary>
    public static CorruptionSet Cifar { get; } = CorruptionCatalog.Set(CorruptionCatalog.Cifar);

    /// <summary>The same 19 kinds with the constants of ImageNet-C: for images of 64 pixels a side and more.</summary>
    public static CorruptionSet ImageNet { get; } = CorruptionCatalog.Set(CorruptionCatalog.ImageNet);

    /// <summary>CIFAR-10-C-bar's ten kinds, unlike those of CIFAR-10-C.</summary>
    public static CorruptionSet CifarBar { get; } = CorruptionCatalog.Set(CorruptionCatalog.CifarBar);

    /// <summary>Augmentations that are no benchmark's corruptions: AugMix.</summary>
    public static CorruptionSet Augmentations { get; } = CorruptionCatalog.Set(CorruptionCatalog.Augmentations);
}
