using DataCentric.Pipeline.Evaluation.TestSets;

namespace DataCentric.Pipeline.Evaluation;

/// <summary>Gathers accuracies by attack and by kind of corruption over networks. Pure.</summary>
internal static class ScoreGroups
{
    /// <summary>
    /// One group for each attack, then for the families of kinds where there are two, then for each kind, then for the attack on the networks themselves where
    /// there was one.
    /// </summary>
    /// <param name="networks">Scores on the same test sets.</param>
    /// <param name="images">Clean test images.</param>
    /// <returns>None where the numbers of images are not known.</returns>
    public static IReadOnlyList<ScoreGroup> Of(IReadOnlyList<NetworkScore> networks, int images)
    {
        if (networks is not [{ Counts: { } counts }, ..])
            return [];
        return
        [
            .. counts.Attacks.Select(attack => Group(TestSetFiles.Adversarial, AttackProfiles.Find(attack.Key)?.Name ?? attack.Key, attack.Value, network => network.Attacks[attack.Key])),
            .. Families(),
            .. counts.Kinds.Select(kind => Group(TestSetFiles.Corrupted, kind.Key, kind.Value, network => network.Kinds[kind.Key])),
            .. WhiteBox(),
        ];

        IEnumerable<ScoreGroup> Families() => counts.UnseenKinds is 0 ? [] :
        [
            Group(TestSetFiles.Corrupted, "kinds of CIFAR-10-C", counts.SeenKinds, network => network.SeenKinds ?? 0),
            Group(TestSetFiles.Corrupted, "unseen kinds (C-bar)", counts.UnseenKinds, network => network.UnseenKinds ?? 0),
        ];

        IEnumerable<ScoreGroup> WhiteBox() => networks.All(network => network.WhiteBox is not null)
            ? [Group(WhiteBoxAttack.Part, WhiteBoxAttack.Name, images, network => network.WhiteBox!.Value)]
            : [];

        ScoreGroup Group(string part, string name, int count, Func<NetworkScore, double> accuracy) => new(
            part, name, count, networks.GroupBy(network => network.Variant).ToDictionary(variant => variant.Key, variant => variant.Average(accuracy)));
    }
}
