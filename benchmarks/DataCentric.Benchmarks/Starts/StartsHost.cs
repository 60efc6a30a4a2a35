using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using DataCentric.Pipeline;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Starts;

namespace DataCentric.Benchmarks.Starts;

/// <summary>
/// The start and status routes on a free port of this machine, with the handlers of the Functions app: what a start reads, checks and looks
/// up. In place of Durable Functions stands a table of runs in memory.
/// </summary>
internal sealed class StartsHost : IDisposable
{
    private static readonly WorkflowProgress HalfWay = new(WorkflowPhase.Shards, 1900, 0, 3900, 500_000, 1_000_000, 500_000, 1_000_000);

    private readonly HttpListener _listener = new();
    private readonly RunStarter _starter;
    private readonly ConcurrentDictionary<string, RunState> _runs = new();

    public StartsHost(RunStarter starter)
    {
        _starter = starter;
        Address = $"http://127.0.0.1:{FreePort()}/";
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = ListenAsync();
    }

    public string Address { get; }

    /// <summary>Runs that were started.</summary>
    public int Runs => _runs.Count;

    public void Dispose() => _listener.Close();

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ListenAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            _ = Task.Run(() => AnswerAsync(context));
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var (status, body) = context.Request.HttpMethod == "POST" ? await StartAsync(context.Request.InputStream) : Look(context.Request.Url!.Segments[^1]);
        context.Response.StatusCode = status;
        await JsonSerializer.SerializeAsync(context.Response.OutputStream, body, PipelineJson.Indented);
        context.Response.Close();
    }

    private async Task<(int Status, object Body)> StartAsync(Stream content)
    {
        var start = await _starter.FromBodyAsync(content, CancellationToken.None);
        if (start.Input is not { } input)
            return (400, new { start.Problems });
        var runId = input.Request.RunId;
        var decision = StartRules.ForUser(_runs.TryAdd(runId, RunState.Running) ? RunState.Unknown : RunState.Running);
        return decision == StartDecision.Start ? (202, new { id = runId }) : (409, new { Problems = new[] { $"Run {runId} is running." } });
    }

    private (int Status, object Body) Look(string runId) =>
        _runs.ContainsKey(runId) ? (200, RunStatus.Of(HalfWay)) : (404, new { Problems = new[] { $"Run {runId} is not known." } });
}
