using System.Net;
using System.Text.Json;
using DataCentric.Pipeline;
using Microsoft.Azure.Functions.Worker.Http;

namespace DataCentric.Functions;

/// <summary>Answers to calls, as JSON.</summary>
internal static class Answers
{
    /// <summary>An answer.</summary>
    public static async Task<HttpResponseData> AnswerAsync<T>(this HttpRequestData request, HttpStatusCode status, T body, CancellationToken cancellationToken)
    {
        var response = request.CreateResponse(status);
        response.Headers.Add("Content-Type", "application/json; charset=utf-8");
        await JsonSerializer.SerializeAsync(response.Body, body, PipelineJson.Indented, cancellationToken);
        return response;
    }

    /// <summary>What is wrong with the call.</summary>
    public static Task<HttpResponseData> RefuseAsync(this HttpRequestData request, HttpStatusCode status, string problem, CancellationToken cancellationToken) =>
        request.AnswerAsync(status, new { Problems = new[] { problem } }, cancellationToken);
}
