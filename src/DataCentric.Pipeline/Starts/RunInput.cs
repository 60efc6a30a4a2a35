using DataCentric.Pipeline.Requests;
using DataCentric.Pipeline.Workflow;

namespace DataCentric.Pipeline.Starts;

/// <summary>
/// Input of an orchestration. The limits travel with it, because a replay must decide as the first run did even when the settings of
/// the host have changed meanwhile.
/// </summary>
/// <param name="Request">The request.</param>
/// <param name="Limits">How wide to fan out.</param>
public sealed record RunInput(EnhancementRequest Request, FanOutLimits Limits);

/// <summary>Input of a child orchestration.</summary>
/// <param name="Group">The shards.</param>
/// <param name="Limits">How wide to fan out.</param>
public sealed record ShardGroupInput(ShardGroup Group, FanOutLimits Limits);
