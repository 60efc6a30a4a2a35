using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;

namespace DataCentric.Pipeline.Workflow;

/// <summary>Runs many activities, a bounded number at a time. One that fails for good does not stop the others; cancellation and bad input stop them all.</summary>
internal static class FanOut
{
    /// <summary>Runs all and returns their outputs in input order.</summary>
    /// <exception cref="ShardsFailedException">Some failed after every retry; the others were run to their end first.</exception>
    public static async Task<IReadOnlyList<TOutput>> RunAsync<TInput, TOutput>(
        IWorkflowContext context,
        WorkflowPhase phase,
        IReadOnlyList<TInput> inputs,
        Func<TInput, Task<TOutput>> call,
        Func<TInput, (int Images, double Work)> size)
    {
        var outputs = new TOutput[inputs.Count];
        var failures = new List<string>();
        var underWay = new Dictionary<Task<TOutput>, int>();
        var (next, imagesDone, workDone) = (0, 0, 0.0);
        var (imagesTotal, workTotal) = (inputs.Sum(input => size(input).Images), inputs.Sum(input => size(input).Work));
        ExceptionDispatchInfo? fatal = null;
        Report();

        while ((fatal is null && next < inputs.Count) || underWay.Count > 0)
        {
            while (fatal is null && next < inputs.Count && underWay.Count < context.MaxInFlight)
            {
                underWay.Add(call(inputs[next]), next);
                next++;
            }

            var finished = await Task.WhenAny(underWay.Keys);
            underWay.Remove(finished, out var position);
            try
            {
                outputs[position] = await finished;
                imagesDone += size(inputs[position]).Images;
                workDone += size(inputs[position]).Work;
            }
            catch (Exception exception) when (exception is OperationCanceledException or InputException)
            {
                fatal ??= ExceptionDispatchInfo.Capture(exception);
            }
            catch (Exception exception)
            {
                context.Logger.LogError(exception, "{Input} failed for good", inputs[position]);
                failures.Add($"{inputs[position]}: {exception.Message}");
            }

            Report();
        }

        fatal?.Throw();
        return failures.Count == 0 ? outputs : throw new ShardsFailedException(phase, failures, inputs.Count);

        void Report() => context.Report(new WorkflowProgress(
            phase, next - underWay.Count - failures.Count, failures.Count, inputs.Count, imagesDone, imagesTotal, workDone, workTotal));
    }
}

/// <summary>Some parts of a stage failed after every retry. What succeeded is stored; starting the run again repeats only the rest.</summary>
/// <param name="phase">The stage.</param>
/// <param name="failures">One sentence for each part that failed.</param>
/// <param name="total">Parts of the stage.</param>
public sealed class ShardsFailedException(WorkflowPhase phase, IReadOnlyList<string> failures, int total)
    : Exception($"{failures.Count} of {total} parts of stage {phase} failed; the first: {failures[0]}")
{
    /// <summary>One sentence for each part that failed.</summary>
    public IReadOnlyList<string> Failures { get; } = failures;
}
