using System.Net;
using DataCentric.Pipeline.Documents.Live;
using DataCentric.Pipeline.Hosting;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Results;
using DataCentric.Pipeline.Stages;
using DataCentric.Pipeline.Starts;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;

namespace DataCentric.Functions;

/// <summary>Runs over HTTP: start, look, purge. All need a function key.</summary>
/// <param name="starter">Makes runs of requests.</param>
/// <param name="report">Files of finished runs.</param>
/// <param name="stores">Where runs lie.</param>
/// <param name="stops">Knows of activities of a run that was terminated.</param>
public sealed class RunFunctions(RunStarter starter, RunReport report, PipelineStores stores, RunStops stops)
{
    private const int ReloadSeconds = Answers.LookAgainSeconds;

    /// <summary>Starts a run: 202 with links to watch it, 400 with all that is wrong, or 409 when it is running.</summary>
    [Function(nameof(StartEnhancement))]
    public async Task<HttpResponseData> StartEnhancement(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "runs")] HttpRequestData request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(client);
        var start = await starter.FromBodyAsync(request.Body, cancellationToken);
        if (start.Input is not { } input)
            return await request.AnswerAsync(HttpStatusCode.BadRequest, new { start.Problems }, cancellationToken);
        var runId = input.Request.RunId;
        if (await client.StartAsync(input, StartRules.ForUser, stops, cancellationToken) == StartDecision.Start)
            return (await client.CreateCheckStatusResponseAsync(request, runId, cancellationToken)).SaysWhenToLookAgain();
        var problem = $"Run {runId} is running.";
        return await request.AnswerAsync(
            HttpStatusCode.Conflict, new { Problems = new[] { problem }, Id = runId, client.CreateHttpManagementPayload(runId, request).StatusQueryGetUri }, cancellationToken);
    }

    /// <summary>A file of a finished run for people to look at, by default its report; while it runs a page that tells how far it is.</summary>
    [Function(nameof(GetReport))]
    public async Task<HttpResponseData> GetReport(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "runs/{runId}/report/{file?}")] HttpRequestData request,
        [DurableClient] DurableTaskClient client,
        string runId,
        string? file,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(client);
        var run = await client.GetInstanceAsync(runId, getInputsAndOutputs: true, cancellationToken);
        if (file is null && run is { IsCompleted: false })
            return await request.ShowAsync(LivePage.Reloading(LiveState.Of($"Run {runId}", run.ReadCustomStatusAs<RunStatus>()), ReloadSeconds), cancellationToken);
        if (run?.ReadInputAs<RunInput>() is not { } input
            || await report.OpenAsync(input.Request, file ?? RunReport.Files.First(), cancellationToken) is not { } found)
        {
            var problem = $"Run {runId} is not known, not finished, or has no such file; files are {string.Join(", ", RunReport.Files)}.";
            return await request.RefuseAsync(HttpStatusCode.NotFound, problem, cancellationToken);
        }

        await using var content = found.Content;
        var response = request.CreateResponse(HttpStatusCode.OK);
        response.Headers.Add("Content-Type", found.ContentType);
        await content.CopyToAsync(response.Body, cancellationToken);
        return response;
    }

    /// <summary>Removes what a run that was given up has left, and its history: 200, 404 for what is not a run id, or 409 when it is running.</summary>
    [Function(nameof(PurgeRun))]
    public async Task<HttpResponseData> PurgeRun(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "runs/{runId}")] HttpRequestData request,
        [DurableClient] DurableTaskClient client,
        string runId,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(client);
        if (!RequestIdentity.IsRunId(runId))
            return await request.RefuseAsync(HttpStatusCode.NotFound, $"Run {runId} is not known.", cancellationToken);
        if (await client.StateOfAsync(runId, cancellationToken) == RunState.Running)
            return await request.RefuseAsync(HttpStatusCode.Conflict, $"Run {runId} is running; terminate it first.", cancellationToken);
        await stops.WithdrawAsync(runId, cancellationToken);
        var removed = await RunCleaner.PurgeAsync(stores, runId, cancellationToken);
        await client.PurgeInstanceAsync(runId, cancellation: cancellationToken);
        return await request.AnswerAsync(HttpStatusCode.OK, new { Removed = removed }, cancellationToken);
    }
}
