using DataCentric.Pipeline.Activities;
using DataCentric.Pipeline.Requests;

namespace DataCentric.Pipeline.Selection;

/// <summary>Input of <see cref="ActivityNames.ScoreShard"/>.</summary>
/// <param name="Request">The request.</param>
/// <param name="Set">The canonical set.</param>
/// <param name="Shard">Which samples.</param>
/// <param name="Surrogates">The ensemble.</param>
public sealed record ScoreInput(EnhancementRequest Request, IngestedSet Set, ScoreShard Shard, IReadOnlyList<SurrogateModel> Surrogates)
{
    /// <inheritdoc/>
    public override string ToString() => $"shard {Shard.Name}";
}
