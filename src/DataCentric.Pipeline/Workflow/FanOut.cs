using System.Runtime.ExceptionServices;
using DataCentric.Pipeline.Stages;
using Microsoft.Extensions.Logging;

namespace DataCentric.Pipeline.Workflow;

/// <summary>One part of a fan-out.</summary>
/// <param name="Name">Name for messages.</param>
/// <param name="Lane">Parts of one lane share its width.</param>
/// <param name="Size">What it counts for when it is done.</param>
/// <param name="RunAsync">Does it.</param>
internal sealed record FanOutPart(string Name, int Lane, FanOutSize Size, Func<Task<FanOutOutcome>> RunAsync)
{
    /// <summary>A part that is one activity.</summary>
    public static FanOutPart Of<TOutput>(StageInput input, int lane, FanOutSize size, Func<Task<TOutput>> call, Action<TOutput>? keep = null)
    {
        return new FanOutPart(input.Part!, lane, size, CallAsync);

        async Task<FanOutOutcome> CallAsync()
        {
            var output = await call();
            keep?.Invoke(output);
            return new FanOutOutcome { Done = 1, Images = size.Images, Work = size.Work };
        }
    }
}

/// <summary>
/// Runs many parts, a bounded number at a time. One that fails for good does not stop the others; cancellation and bad input stop them all.
/// Where several of a lane fail one after the other, the place fails and not the part (a full disk, a storage that refuses): no further one is begun.
/// </summary>
internal static class FanOut
{
    /// <summary>Failures of a lane in a row after which none of it is begun.</summary>
    public const int HopelessAfter = 8;

    /// <summary>Runs all parts, each lane in order.</summary>
    /// <param name="context">The host.</param>
    /// <param name="phase">The stage that is reported.</param>
    /// <param name="width">Most parts of one lane under way at once.</param>
    /// <param name="parts">The parts.</param>
    /// <returns>What became of them, failures included.</returns>
    public static async Task<FanOutOutcome> RunAsync(IWorkflowContext context, WorkflowPhase phase, int width, IReadOnlyList<FanOutPart> parts)
    {
        var lanes = parts.GroupBy(part => part.Lane).OrderBy(lane => lane.Key).Select(lane => new Queue<FanOutPart>(lane)).ToArray();
        var (inFlight, inARow) = (new int[lanes.Length], new int[lanes.Length]);
        var underWay = new Dictionary<Task<FanOutOutcome>, (FanOutPart Part, int Lane)>();
        var total = parts.Aggregate(new FanOutSize(0, 0, 0), (sum, part) => sum + part.Size);
        var sum = new FanOutOutcome();
        ExceptionDispatchInfo? fatal = null;
        Report();

        while (true)
        {
            for (var lane = 0; lane < lanes.Length && fatal is null; lane++)
            {
                while (inARow[lane] < HopelessAfter && inFlight[lane] < width && lanes[lane].TryDequeue(out var part))
                {
                    underWay.Add(part.RunAsync(), (part, lane));
                    inFlight[lane]++;
                }
            }

            if (underWay.Count == 0)
                break;
            var finished = await Task.WhenAny(underWay.Keys);
            underWay.Remove(finished, out var done);
            inFlight[done.Lane]--;
            try
            {
                sum += await finished;
                inARow[done.Lane] = 0;
            }
            catch (Exception exception) when (exception is OperationCanceledException or InputException)
            {
                fatal ??= ExceptionDispatchInfo.Capture(exception);
            }
            catch (Exception exception)
            {
                context.Logger.LogError(exception, "{Part} failed for good", done.Part.Name);
                sum += FanOutOutcome.Failure(done.Part.Size.Parts, done.Part.Name, exception.Message);
                inARow[done.Lane]++;
            }

            Report();
        }

        fatal?.Throw();
        return sum + new FanOutOutcome { NotBegun = lanes.Sum(lane => lane.Sum(part => part.Size.Parts)) };

        void Report() => context.Report(new WorkflowProgress(
            phase, sum.Done, sum.Failed, total.Parts, sum.Images, total.Images, sum.Work, total.Work));
    }
}
