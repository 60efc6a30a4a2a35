using DataCentric.Pipeline.Stages;
using Microsoft.Extensions.DependencyInjection;

namespace DataCentric.Pipeline.Hosting;

/// <summary>Runs activities by name, once each, and tells telemetry of them. What every host does the same way.</summary>
/// <param name="services">Holds the activities, registered by <see cref="PipelineServices"/>.</param>
/// <param name="time">Measures them.</param>
public sealed class ActivityRunner(IServiceProvider services, TimeProvider time)
{
    /// <summary>Runs an activity once.</summary>
    /// <typeparam name="TInput">What it takes.</typeparam>
    /// <typeparam name="TOutput">What it returns.</typeparam>
    /// <param name="activity">Which one.</param>
    /// <param name="input">Its input.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<TOutput> RunAsync<TInput, TOutput>(ActivityName<TInput, TOutput> activity, TInput input, CancellationToken cancellationToken)
        where TInput : notnull
    {
        var implementation = services.GetRequiredKeyedService<IActivity<TInput, TOutput>>(activity.Name);
        try
        {
            return await PipelineTelemetry.MeasureAsync(activity.Name, input, time, () => implementation.RunAsync(input, cancellationToken));
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or InputException))
        {
            await services.GetRequiredService<FailedTries>().AddAsync(input, activity.Name, exception.Message);
            throw;
        }
    }

    /// <summary>
    /// Runs an activity once for a host that carries exceptions as text only and ends no activity of a run that is terminated: bad input, which no
    /// retry cures, becomes a reply, and the activity ends when <see cref="RunStops"/> asks it to.
    /// </summary>
    /// <typeparam name="TInput">What it takes.</typeparam>
    /// <typeparam name="TOutput">What it returns.</typeparam>
    /// <param name="activity">Which one.</param>
    /// <param name="input">Its input.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<Reply<TOutput>> ReplyAsync<TInput, TOutput>(ActivityName<TInput, TOutput> activity, TInput input, CancellationToken cancellationToken)
        where TInput : notnull
        where TOutput : class =>
        Reply.OfAsync(() => services.GetRequiredService<RunStops>().RunAsync(input, token => RunAsync(activity, input, token), cancellationToken));
}

/// <summary>
/// What crosses the wire between workflow and activity: a value, or what is wrong with the user's input. So bad input is told from other
/// failures by more than the text of an error, and is not tried again.
/// </summary>
/// <typeparam name="T">The value.</typeparam>
/// <param name="Value">The value; null where the input was bad.</param>
/// <param name="BadInput">What is wrong with the input; null where there is a value.</param>
public sealed record Reply<T>(T? Value, string? BadInput)
    where T : class
{
    /// <summary>The value.</summary>
    /// <exception cref="InputException">The input was bad.</exception>
    public T Unwrap() => Value ?? throw new InputException(BadInput ?? "The reply is empty.");
}

/// <summary>Makes replies.</summary>
public static class Reply
{
    /// <summary>Runs something and makes its outcome a reply; other failures pass through.</summary>
    /// <typeparam name="T">The value.</typeparam>
    /// <param name="run">What to run; for a workflow, a task of its context.</param>
    public static async Task<Reply<T>> OfAsync<T>(Func<Task<T>> run)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(run);
        try
        {
            return new Reply<T>(await run(), BadInput: null);
        }
        catch (InputException exception)
        {
            return new Reply<T>(Value: null, exception.Message);
        }
    }
}

/// <summary>An activity failed after every try, on a host that carries exceptions as text.</summary>
/// <param name="activity">Name of the activity.</param>
/// <param name="reason">What went wrong there.</param>
/// <param name="inner">What the host threw.</param>
public sealed class ActivityFailedException(string activity, string reason, Exception inner) : Exception($"{activity}: {reason}", inner);
