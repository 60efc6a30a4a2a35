using DataCentric.Attacks;

namespace DataCentric.Pipeline.Model;

public sealed partial record EnhancementChoices
{
    /// <summary>Choices that make a request: the profile that fits it best, and what differs from it and from the defaults.</summary>
    /// <param name="request">A request, apart from its run id.</param>
    public static EnhancementChoices Of(EnhancementRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return AttackProfiles.All.Select(profile => Of(request, profile)).MinBy(NumberOf)!;
    }

    private static int NumberOf(EnhancementChoices choices) => typeof(EnhancementChoices).GetProperties().Count(option => option.GetValue(choices) is not null);

    private static EnhancementChoices Of(EnhancementRequest request, AttackProfile profile)
    {
        var defaults = new EnhancementRequest { RunId = request.RunId, Dataset = request.Dataset };
        var (attack, corruptions) = (request.Attack, request.Corruptions);
        var choices = new EnhancementChoices
        {
            Dataset = request.Dataset,
            Profile = profile == AttackProfiles.Compact ? null : profile.Name,
            Split = request.Split == defaults.Split ? null : request.Split.ToString(),
            Selection = Other(request.Selection, defaults.Selection),
            Seed = Other(request.Seed, defaults.Seed),
            Limit = request.Limit,
            Corruptions = corruptions.Set == defaults.Corruptions.Set ? null : corruptions.Set,
            Kinds = corruptions.Kinds,
            Severity = Other(corruptions.Severity, defaults.Corruptions.Severity),
            Mix = corruptions.Mix == defaults.Corruptions.Mix ? null : corruptions.MixName,
            SurrogateModels = request.SurrogateModels,
            HeldOut = request.HeldOut,
            Formats = request.Formats,
            License = request.License,
            DataVersion = request.DataVersion,
            Score = request.Score,
            ShardSize = Other(request.ShardSize, defaults.ShardSize),
        };
        return Networks(choices with
        {
            Iterations = Other(attack.Iterations, profile.Attack.Iterations),
            Loss = Other(attack.Loss, profile.Attack.Loss),
            LinfEpsilon = Other(attack.LinfEpsilon, profile.Attack.LinfEpsilon),
            LinfStep = Other(attack.LinfStep, profile.Attack.LinfStep),
            L2Epsilon = Other(attack.L2Epsilon, profile.Attack.L2Epsilon),
            L2Step = Other(attack.L2Step, profile.Attack.L2Step),
            Momentum = Other(attack.Momentum, profile.Attack.Momentum),
            MomentumNormalization = Other(attack.MomentumNormalization, profile.Attack.MomentumNormalization),
            Smoothing = Other(attack.Smoothing, profile.Attack.Smoothing),
            Diversity = Other(attack.Diversity, profile.Attack.Diversity),
            DiversityProbability = Other(attack.DiversityProbability, profile.Attack.DiversityProbability),
            Start = Other(attack.Start, profile.Attack.Start),
            Quantization = Other(attack.Quantization, profile.Attack.Quantization),
            Precision = Other(attack.Precision, profile.Attack.Precision),
            EnsembleWeights = AreEqual(attack.EnsembleWeights, profile.Attack.EnsembleWeights) ? null : attack.EnsembleWeights,
            AttackBatch = Other(attack.BatchSize, profile.Attack.BatchSize),
        }, request, profile);
    }

    /// <summary>Networks that are imported are not trained: then the options of training say nothing.</summary>
    private static EnhancementChoices Networks(EnhancementChoices choices, EnhancementRequest request, AttackProfile profile)
    {
        if (request.SurrogateModels is not null)
            return choices;
        var (chosen, usual) = (request.Surrogates, profile.Surrogates);
        return choices with
        {
            Architectures = AreEqual(chosen.Architectures, usual.Architectures) ? null : chosen.Architectures,
            SurrogateEpochs = chosen.Epochs == usual.Epochs && chosen.MinimumSteps == usual.MinimumSteps ? null : chosen.Epochs,
        };
    }

    private static T? Other<T>(T value, T usual)
        where T : struct => EqualityComparer<T>.Default.Equals(value, usual) ? null : value;

    private static bool AreEqual<T>(IReadOnlyList<T>? left, IReadOnlyList<T>? right) => left is null || right is null ? left == right : left.SequenceEqual(right);
}
