namespace DataCentric.Pipeline.Model;

/// <summary>
/// How strong the attacked part of test sets is. Attackers that are no good, or that no network falls to, make every training set look
/// robust. All figures are percent of images classified right.
/// </summary>
public sealed record AttackStrength
{
    /// <summary>The attackers, in the order of the ensemble.</summary>
    public required IReadOnlyList<NetworkStrength> Attackers { get; init; }

    /// <summary>A network trained on the raw training set that took no part in the attack; null where there was nothing to train it on.</summary>
    public NetworkStrength? Raw { get; init; }

    /// <summary>Of <see cref="Raw"/>, by attack; empty where there is none.</summary>
    public IReadOnlyDictionary<string, double> RawByAttack { get; init; } = new Dictionary<string, double>();

    /// <summary>Why a gain on these test sets says little, a sentence each; empty where nothing is wrong.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Warnings => [.. Weaknesses()];

    private IEnumerable<string> Weaknesses()
    {
        const double rightAfter = 0.5; // of what the raw network is right on before
        const double margin = 2; // points, about the error of a thousand images
        if (Raw is null)
            yield break;
        if (Raw.Attacked > rightAfter * Raw.Clean)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"The attacked images are weak: {Raw.Architecture}, trained on the raw set, is right on {Raw.Attacked:F1} % of them and on {Raw.Clean:F1} % of the clean ones. Train the attackers longer, or import good ones.");
        }

        if (Attackers.Count > 0 && Attackers.Max(attacker => attacker.Clean) < Raw.Clean - margin)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"No attacker is as good as the networks that it attacks: at most {Attackers.Max(attacker => attacker.Clean):F1} % of the clean images, where {Raw.Architecture}, trained on the raw set, has {Raw.Clean:F1} %.");
        }
    }
}

/// <summary>How good a network is on clean and on attacked test images.</summary>
/// <param name="Architecture">Registry name.</param>
/// <param name="Clean">Percent of the clean images.</param>
/// <param name="Attacked">Percent of the attacked images.</param>
public sealed record NetworkStrength(string Architecture, double Clean, double Attacked);
