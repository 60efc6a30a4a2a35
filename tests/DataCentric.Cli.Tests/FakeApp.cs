using System.Net;
using System.Text;
using System.Text.Json;
using DataCentric.Pipeline;

namespace DataCentric.Cli.Tests;

/// <summary>An app that answers calls, named as <c>GET /api/runs</c>, in order, the last answer again and again.</summary>
internal sealed class FakeApp : Dictionary<string, (int Status, object Body)[]>, IDisposable
{
    private readonly Dictionary<string, int> _asked = [];
    private readonly LocalServer _server;

    public FakeApp() => _server = new(AnswerAsync);

    public string Address => _server.Address;

    public List<string?> KeysSent { get; } = [];

    /// <summary>Bodies of the calls that had one.</summary>
    public List<string> Bodies { get; } = [];

    public void Dispose() => _server.Dispose();

    private async Task AnswerAsync(HttpListenerContext call)
    {
        var name = $"{call.Request.HttpMethod} {call.Request.RawUrl}";
        var time = _asked[name] = _asked.GetValueOrDefault(name) + 1;
        KeysSent.Add(call.Request.Headers["x-functions-key"]);
        using (var body = new StreamReader(call.Request.InputStream))
        {
            if (await body.ReadToEndAsync() is { Length: > 0 } text)
                Bodies.Add(text);
        }

        var (status, answer) = TryGetValue(name, out var answers) ? answers[Math.Min(time, answers.Length) - 1] : (418, name);
        call.Response.StatusCode = status;
        await call.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(answer, PipelineJson.Indented)));
    }
}
