namespace DataCentric.Pipeline.Stages;

/// <summary>What the activities of a run take: the request, and what the stages before have found. References and small records, never pixels.</summary>
/// <param name="Request">The request.</param>
public abstract record StageInput(EnhancementRequest Request)
{
    /// <summary>Which part of the stage it is, for messages, such as <c>shard corrupted-000000000-000256</c>; null where the stage has one part.</summary>
    [JsonIgnore]
    public virtual string? Part => null;
}
