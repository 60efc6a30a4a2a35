using DataCentric.Pipeline.Requests;
using DataCentric.Pipeline.Scoring;
using DataCentric.Pipeline.Scoring.TestSets;

namespace DataCentric.Pipeline.Activities;

/// <summary>Input of <see cref="ActivityNames.CheckTestSets"/>.</summary>
/// <param name="Request">The request; it is to be scored.</param>
/// <param name="Set">The canonical set.</param>
public sealed record TestSetsInput(EnhancementRequest Request, IngestedSet Set);

/// <summary>Input of <see cref="ActivityNames.ScoreNetwork"/>.</summary>
/// <param name="Request">The request; it is to be scored.</param>
/// <param name="Set">The canonical set.</param>
/// <param name="Test">The test sets.</param>
/// <param name="Arm">What the network is trained on: <c>raw</c> or <c>enhanced</c>.</param>
/// <param name="Architecture">Registry name.</param>
/// <param name="Seed">Seed of the training.</param>
public sealed record NetworkInput(EnhancementRequest Request, IngestedSet Set, TestSetSummary Test, string Arm, string Architecture, ulong Seed)
{
    /// <summary>What the network is called in file names.</summary>
    internal string Name => NetworkScorer.NameOf(Arm, Architecture, Seed);

    /// <inheritdoc/>
    public override string ToString() => $"network {Name}";
}

/// <summary>A network whose score is stored.</summary>
/// <param name="Name">Its name.</param>
/// <param name="R">Mean of its three accuracies on P, 0 to 100 %.</param>
public sealed record ScoredNetwork(string Name, double R);

/// <summary>Input of <see cref="ActivityNames.Score"/>.</summary>
/// <param name="Request">The request, whose networks are all scored.</param>
/// <param name="Set">The canonical set.</param>
/// <param name="Test">The test sets.</param>
public sealed record GatherInput(EnhancementRequest Request, IngestedSet Set, TestSetSummary Test);

/// <summary>What a score came to, or why there is none.</summary>
/// <param name="Raw">R of networks trained on the raw set, 0 to 100 %, mean over architectures and seeds; null where there is no score.</param>
/// <param name="Enhanced">The same of the enhanced set.</param>
/// <param name="Problem">Why the set could not be scored; null where it was.</param>
public sealed record ScoreSummary(double? Raw, double? Enhanced, string? Problem = null)
{
    /// <summary>The means of a record of two arms.</summary>
    internal static ScoreSummary Of(ScoreRecord record)
    {
        double[] means = [.. record.Rows.Where(row => row.Architecture is null).Select(row => row.Score.Mean)];
        return new(means[0], means[1]);
    }
}
