namespace DataCentric.Attacks;

/// <summary>A named setting of the attack and its ensemble.</summary>
/// <param name="Name">Name that users give.</param>
/// <param name="Attack">Switches of the attack.</param>
/// <param name="Surrogates">The ensemble and how it is trained.</param>
public sealed record AttackProfile(string Name, AttackOptions Attack, SurrogateOptions Surrogates);

/// <summary>The settings that users name with <c>--profile</c>.</summary>
public static class AttackProfiles
{
    private static readonly SurrogateOptions CompactFamilies = new()
    {
        Architectures = ["resnet20", "resnet50_compact", "wrn_compact", "densenet_compact", "vgg_compact", "mobilenet_compact"],
    };

    /// <summary>
    /// Minutes on two processors: small networks of the paper's five families and ResNet-20, 20 iterations. The steps are scaled so that
    /// 20 of them are worth several radii (l-infinity 2 x 20 = 5 radii, l2 0.1 x 20 = 2 radii), as 300 of the paper's are; with the
    /// paper's l2 step of 0.025, 20 iterations would end at half the radius.
    /// </summary>
    public static AttackProfile Compact { get; } = new("compact", new AttackOptions { Iterations = 20, L2Step = 0.1 }, CompactFamilies);

    /// <summary>The settings. The first is the default.</summary>
    public static IReadOnlyList<AttackProfile> All { get; } = [Compact];

    /// <summary>The setting of that name.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="InputException">There is none of that name; the message lists them.</exception>
    public static AttackProfile Get(string name) =>
        All.FirstOrDefault(profile => profile.Name == name)
        ?? throw new InputException($"Profile '{name}': expected one of {string.Join(", ", All.Select(profile => profile.Name))}.");
}
