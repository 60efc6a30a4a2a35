using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataCentric.Cli.Composition;

/// <summary>The runs of an Azure Functions app, over its HTTP calls.</summary>
internal sealed class RemoteRuns : IDisposable
{
    /// <summary>The environment variable that holds the function key; a key on the command line could be read by others of the machine.</summary>
    public const string KeyVariable = "DATACENTRIC_APP_KEY";

    // An app may be newer than this tool.
    private static readonly JsonSerializerOptions Json = new(PipelineJson.Compact) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Skip };

    private readonly HttpClient _client;

    /// <summary>Calls nothing yet.</summary>
    /// <param name="app">Address of the app, such as <c>https://NAME.azurewebsites.net</c>.</param>
    /// <param name="key">The function key; null for a local host, which asks for none.</param>
    /// <param name="option">The option that names the app.</param>
    /// <exception cref="InputException">It is no address.</exception>
    public RemoteRuns(string app, string? key, string option = "--app")
    {
        if (!Uri.TryCreate(app.TrimEnd('/') + "/api/runs/", UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new InputException($"{option} {app}: expected an http or https address, such as https://NAME.azurewebsites.net.");
        _client = new HttpClient { BaseAddress = address };
        if (key is { Length: > 0 })
            _client.DefaultRequestHeaders.Add("x-functions-key", key);
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Lists runs.</summary>
    /// <param name="state">Words of <see cref="RunPhases"/>, separated by commas; null for all.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    public Task<RunList> ListAsync(string? state, CancellationToken cancellationToken) =>
        AskAsync<RunList>(HttpMethod.Get, $"../runs{(state is null ? "" : $"?state={Uri.EscapeDataString(state)}")}", cancellationToken);

    /// <summary>Starts a run, or finds it running.</summary>
    /// <param name="choices">The body of the start.</param>
    /// <param name="cancellationToken">Stops asking; the run may have started then.</param>
    /// <returns>Its id.</returns>
    public async Task<string> StartAsync(JsonObject choices, CancellationToken cancellationToken)
    {
        using var body = JsonContent.Create(choices);
        var answer = await AskAsync<JsonElement>(HttpMethod.Post, "../runs", cancellationToken, body, HttpStatusCode.Conflict);
        return answer.TryGetProperty("id", out var id) ? id.GetString()! : throw new StoreException($"{_client.BaseAddress} does not say which run it is.");
    }

    /// <summary>Shows a run.</summary>
    public Task<RunEntry> ShowAsync(string id, CancellationToken cancellationToken) => AskAsync<RunEntry>(HttpMethod.Get, Uri.EscapeDataString(id), cancellationToken);

    /// <summary>Terminates a run.</summary>
    public Task StopAsync(string id, CancellationToken cancellationToken) => AskAsync<JsonElement>(HttpMethod.Post, $"{Uri.EscapeDataString(id)}/terminate", cancellationToken);

    /// <summary>Starts a run that has ended once more.</summary>
    public Task RestartAsync(string id, CancellationToken cancellationToken) => AskAsync<JsonElement>(HttpMethod.Post, $"{Uri.EscapeDataString(id)}/restart", cancellationToken);

    /// <summary>Removes what a run left.</summary>
    /// <returns>Number of stored items that were removed.</returns>
    public async Task<int> PurgeAsync(string id, CancellationToken cancellationToken) =>
        (await AskAsync<JsonElement>(HttpMethod.Delete, Uri.EscapeDataString(id), cancellationToken)).GetProperty("removed").GetInt32();

    private async Task<T> AskAsync<T>(HttpMethod method, string path, CancellationToken cancellationToken, HttpContent? body = null, HttpStatusCode? also = null)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = body };
            using var response = await _client.SendAsync(request, cancellationToken);
            return response.IsSuccessStatusCode || response.StatusCode == also
                ? (await response.Content.ReadFromJsonAsync<T>(Json, cancellationToken))!
                : throw await RefusalAsync(response, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new StoreException($"{_client.BaseAddress}: {exception.Message}", exception);
        }
        catch (JsonException exception)
        {
            throw new StoreException($"{_client.BaseAddress} answers with something else than runs: {exception.Message}", exception);
        }
        catch (TaskCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StoreException($"{_client.BaseAddress} did not answer within {_client.Timeout.TotalSeconds} s.", exception);
        }
    }

    private async Task<Exception> RefusalAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            return new InputException($"{_client.BaseAddress} asks for a function key: set {KeyVariable}.");
        try
        {
            var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Json, cancellationToken);
            if ((int)response.StatusCode < 500 && answer.TryGetProperty("problems", out var problems))
                return new InputException(string.Join(Environment.NewLine, problems.EnumerateArray().Select(problem => problem.GetString())));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No answer of these calls, but of whatever else is at that address.
        }

        return new StoreException($"{_client.BaseAddress} answers {(int)response.StatusCode}.");
    }
}
