using DataCentric.Pipeline.Activities;
using DataCentric.Pipeline.Workflow;
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
            services.GetRequiredService<FailedTries>().Add(input, activity.Name, exception.Message);
            throw;
        }
    }

    /// <summary>Runs an activity once for a host that carries exceptions as text only: bad input, which no retry cures, becomes a reply.</summary>
    /// <typeparam name="TInput">What it takes.</typeparam>
    /// <typeparam name="TOutput">What it returns.</typeparam>
    /// <param name="activity">Which one.</param>
    /// <param name="input">Its input.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<Reply<TOutput>> ReplyAsync<TInput, TOutput>(ActivityName<TInput, TOutput> activity, TInput input, CancellationToken cancellationToken)
        where TInput : notnull
        where TOutput : class =>
        Reply.OfAsync(() => RunAsync(activity, input, cancellationToken));
}
