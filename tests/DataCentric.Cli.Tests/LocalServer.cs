using System.Net;
using System.Net.Sockets;

namespace DataCentric.Cli.Tests;

/// <summary>A web server on a free port of this machine.</summary>
internal sealed class LocalServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<HttpListenerContext, Task> _answer;

    /// <summary>Starts it.</summary>
    /// <param name="answer">Answers a call, one after another; the response is closed afterwards.</param>
    public LocalServer(Func<HttpListenerContext, Task> answer)
    {
        _answer = answer;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        }

        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _ = ListenAsync();
    }

    public string Address { get; }

    public void Dispose() => _listener.Close();

    private async Task ListenAsync()
    {
        while (_listener.IsListening)
        {
            var call = await _listener.GetContextAsync();
            await _answer(call);
            call.Response.Close();
        }
    }
}
