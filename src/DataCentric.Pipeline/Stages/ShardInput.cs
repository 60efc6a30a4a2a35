namespace DataCentric.Pipeline.Stages;

/// <summary>Input of the three shard activities.</summary>
/// <param name="Request">The request.</param>
/// <param name="Set">The canonical set.</param>
/// <param name="Shard">Which samples.</param>
/// <param name="Surrogates">The ensemble; empty where nothing is attacked.</param>
public sealed record ShardInput(EnhancementRequest Request, IngestedSet Set, Shard Shard, IReadOnlyList<TrainedModel> Surrogates) : StageInput(Request)
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Part => $"shard {Shard.Name}";
}

/// <summary>A finished shard, of samples or of their scores.</summary>
/// <param name="Name">Name of the shard.</param>
/// <param name="Reused">Whether a valid result was there already.</param>
public sealed record ShardSummary(string Name, bool Reused);
