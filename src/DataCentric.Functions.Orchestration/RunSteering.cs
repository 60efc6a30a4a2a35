using System.Net;
using DataCentric.Pipeline.Documents.Live;
using DataCentric.Pipeline.Hosting;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Starts;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;

namespace DataCentric.Functions;

/// <summary>Runs over HTTP: list, show, terminate, start again. All need a function key.</summary>
/// <param name="stops">Ends activities that are under way.</param>
/// <param name="time">Dates the page of runs.</param>
public sealed class RunSteering(RunStops stops, TimeProvider time)
{
    /// <summary>Lists runs, the latest first, as JSON, or as a page for a browser: 200, or 400 for a state that there is not.</summary>
    [Function(nameof(ListRuns))]
    public async Task<HttpResponseData> ListRuns(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "runs")] HttpRequestData request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(client);
        try
        {
            var states = RunPhases.Parse(request.Query["state"]);
            var runs = await client.ListAsync(states, cancellationToken);
            var response = request.WantsPage()
                ? await request.ShowAsync(RunsPage.Render(runs, states, time.GetUtcNow(), request.Query["code"]), cancellationToken)
                : await request.AnswerAsync(HttpStatusCode.OK, runs, cancellationToken);
            response.Headers.Add("Vary", "Accept");
            return response;
        }
        catch (InputException exception)
        {
            return await request.RefuseAsync(HttpStatusCode.BadRequest, exception.Message, cancellationToken);
        }
    }

    /// <summary>Shows a run: 200, or 404 where it is not known.</summary>
    [Function(nameof(GetRun))]
    public async Task<HttpResponseData> GetRun(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "runs/{runId}")] HttpRequestData request,
        [DurableClient] DurableTaskClient client,
        string runId,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(client);
        return await client.FindAsync(runId, cancellationToken) is { } run
            ? await request.AnswerAsync(HttpStatusCode.OK, run, cancellationToken)
            : await request.RefuseAsync(HttpStatusCode.NotFound, $"Run {runId} is not known.", cancellationToken);
    }

    /// <summary>Terminates a run, and its activities within seconds: 202, 404 where it is not known, or 409 where it has ended.</summary>
    [Function(nameof(TerminateRun))]
    public async Task<HttpResponseData> TerminateRun(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "runs/{runId}/terminate")] HttpRequestData request,
        [DurableClient] DurableTaskClient client,
        string runId,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(client);
        return await client.TerminateAsync(runId, stops, cancellationToken) switch
        {
            RunState.Unknown => await request.RefuseAsync(HttpStatusCode.NotFound, $"Run {runId} is not known.", cancellationToken),
            RunState.Ended => await request.RefuseAsync(HttpStatusCode.Conflict, $"Run {runId} has ended.", cancellationToken),
            _ => await request.AnswerAsync(HttpStatusCode.Accepted, new { runId }, cancellationToken),
        };
    }

    /// <summary>Starts a run that ended once more, with the same request; what is finished is found again: 202, 404 or 409 as for termination.</summary>
    [Function(nameof(RestartRun))]
    public async Task<HttpResponseData> RestartRun(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "runs/{runId}/restart")] HttpRequestData request,
        [DurableClient] DurableTaskClient client,
        string runId,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(client);
        return await client.RestartAsync(runId, stops, cancellationToken) switch
        {
            RunState.Unknown => await request.RefuseAsync(HttpStatusCode.NotFound, $"Run {runId} is not known.", cancellationToken),
            RunState.Running => await request.RefuseAsync(HttpStatusCode.Conflict, $"Run {runId} is running.", cancellationToken),
            _ => (await client.CreateCheckStatusResponseAsync(request, runId, cancellationToken)).SaysWhenToLookAgain(),
        };
    }

    /// <summary>Describes these calls and those of <see cref="RunFunctions"/>, as OpenAPI 3.1.</summary>
    [Function(nameof(GetOpenApi))]
    public async Task<HttpResponseData> GetOpenApi(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "openapi.json")] HttpRequestData request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return await request.AnswerAsync(HttpStatusCode.OK, OpenApi.Describe(), cancellationToken);
    }
}
