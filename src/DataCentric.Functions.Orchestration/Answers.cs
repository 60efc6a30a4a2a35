using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using DataCentric.Pipeline;
using Microsoft.Azure.Functions.Worker.Http;

namespace DataCentric.Functions;

/// <summary>Answers to calls: JSON for programs, pages for people.</summary>
internal static class Answers
{
    /// <summary>Seconds after which to look again at what was accepted: a run tells then how far it is, and what was under way has seen a termination.</summary>
    public const int LookAgainSeconds = 5;

    private const string Html = "text/html", Json = "application/json";

    /// <summary>An answer.</summary>
    public static async Task<HttpResponseData> AnswerAsync<T>(this HttpRequestData request, HttpStatusCode status, T body, CancellationToken cancellationToken)
    {
        var response = request.CreateResponse(status);
        response.Headers.Add("Content-Type", $"{Json}; charset=utf-8");
        await JsonSerializer.SerializeAsync(response.Body, body, PipelineJson.Indented, cancellationToken);
        return response.SaysWhenToLookAgain();
    }

    /// <summary>What is wrong with the call.</summary>
    public static Task<HttpResponseData> RefuseAsync(this HttpRequestData request, HttpStatusCode status, string problem, CancellationToken cancellationToken) =>
        request.AnswerAsync(status, new { Problems = new[] { problem } }, cancellationToken);

    /// <summary>A page that is true at this moment only.</summary>
    public static async Task<HttpResponseData> ShowAsync(this HttpRequestData request, string page, CancellationToken cancellationToken)
    {
        var response = request.CreateResponse(HttpStatusCode.OK);
        response.Headers.Add("Content-Type", $"{Html}; charset=utf-8");
        response.Headers.Add("Cache-Control", "no-store");
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(page), cancellationToken);
        return response;
    }

    /// <summary>
    /// Whether the caller would rather have a page than JSON: it names text/html, as browsers do, and does not want JSON more. Whoever says
    /// nothing, or takes anything, is a program.
    /// </summary>
    public static bool WantsPage(this HttpRequestData request) => QualityOf(request, Html) is > 0 and var page && page >= QualityOf(request, Json);

    /// <summary>Says when to look again, where the answer is that something was accepted and will happen (HTTP 202).</summary>
    public static HttpResponseData SaysWhenToLookAgain(this HttpResponseData response)
    {
        if (response.StatusCode == HttpStatusCode.Accepted && !response.Headers.Contains("Retry-After"))
            response.Headers.Add("Retry-After", $"{LookAgainSeconds}");
        return response;
    }

    private static double QualityOf(HttpRequestData request, string type) =>
        request.Headers.TryGetValues("Accept", out var values)
            ? values.SelectMany(value => value.Split(',')).Max(part => MediaTypeWithQualityHeaderValue.TryParse(part, out var media) && string.Equals(media.MediaType, type, StringComparison.OrdinalIgnoreCase) ? media.Quality ?? 1 : 0)
            : 0;
}
