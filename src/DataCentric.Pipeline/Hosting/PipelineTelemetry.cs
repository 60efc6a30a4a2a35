using System.Diagnostics;
using System.Diagnostics.Metrics;
using DataCentric.Pipeline.Stages;

namespace DataCentric.Pipeline.Hosting;

/// <summary>
/// Traces and metrics of the pipeline, under one name for both. A span for each activity with its run, its shard and how it ended;
/// <c>datacentric.shards</c> and <c>datacentric.images</c> (their rate is images/s) by role and whether they were there already,
/// <c>datacentric.activity.failed_tries</c> and <c>datacentric.activity.duration</c> (s) by activity.
/// </summary>
public static class PipelineTelemetry
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "DataCentric.Pipeline";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Shards = Meter.CreateCounter<long>("datacentric.shards", "{shard}", "Shards finished.");
    private static readonly Counter<long> Images = Meter.CreateCounter<long>("datacentric.images", "{image}", "Images of finished shards.");
    private static readonly Counter<long> FailedTries =
        Meter.CreateCounter<long>("datacentric.activity.failed_tries", "{try}", "Tries of an activity that failed; all but the last are retried.");

    private static readonly Histogram<double> Duration =
        Meter.CreateHistogram<double>("datacentric.activity.duration", "s", "Time that one try of an activity took.");

    /// <summary>Runs one try of an activity and tells of it.</summary>
    internal static async Task<TOutput> MeasureAsync<TInput, TOutput>(string activity, TInput input, TimeProvider time, Func<Task<TOutput>> run)
    {
        var tag = new KeyValuePair<string, object?>("activity", activity);
        using var span = Source.StartActivity(activity);
        if (input is ShardInput part)
        {
            span?.SetTag("datacentric.run", part.Request.RunId);
            span?.SetTag("datacentric.shard", part.Shard.Name);
        }

        var start = time.GetTimestamp();
        try
        {
            var output = await run();
            if (input is ShardInput { Shard: var shard } && output is ShardSummary summary)
                Count(shard, summary.Reused);
            return output;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            FailedTries.Add(1, tag);
            span?.SetStatus(ActivityStatusCode.Error, exception.Message);
            throw;
        }
        finally
        {
            Duration.Record(time.GetElapsedTime(start).TotalSeconds, tag);
        }
    }

    private static void Count(Shard shard, bool reused)
    {
        var tags = new TagList { { "role", shard.Role.ToString().ToLowerInvariant() }, { "reused", reused } };
        Shards.Add(1, tags);
        Images.Add(shard.Count, tags);
    }
}
