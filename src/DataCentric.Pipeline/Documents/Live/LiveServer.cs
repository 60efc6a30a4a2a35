using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace DataCentric.Pipeline.Documents.Live;

/// <summary>
/// Serves the live page of a run to this machine alone, then its report. <see cref="HttpListener"/> does: two routes for one user are no
/// reason to ask every user of the tool for the ASP.NET Core runtime.
/// </summary>
public sealed class LiveServer : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HttpListener _listener = new();
    private readonly Func<LiveState> _state;
    private readonly string _report;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Task, byte> _answers = new();
    private readonly Task _accepting;
    private volatile string? _outcome;
    private int _watchers;

    /// <summary>Begins to serve.</summary>
    /// <param name="port">Port of 127.0.0.1; 0 takes a free one.</param>
    /// <param name="state">Where the run stands.</param>
    /// <param name="report">File of the report, there when the run is done.</param>
    /// <param name="time">Paces the events.</param>
    /// <exception cref="InputException">The port is taken.</exception>
    public LiveServer(int port, Func<LiveState> state, string report, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        (_state, _report, _time) = (state, report, time);
        Address = new Uri($"http://127.0.0.1:{(port == 0 ? FreePort() : port)}/");
        _listener.Prefixes.Add(Address.ToString());
        try
        {
            _listener.Start();
        }
        catch (HttpListenerException exception)
        {
            throw new InputException($"--serve: port {Address.Port} cannot be used ({exception.Message}). Name another, or none to take a free one.", exception);
        }

        _accepting = AcceptAsync();
    }

    /// <summary>Where a browser finds it.</summary>
    public Uri Address { get; }

    /// <summary>Tells pages that the report is there.</summary>
    public void Finish() => _outcome = Event("done", "");

    /// <summary>Tells pages that there will be none.</summary>
    /// <param name="reason">What went wrong.</param>
    public void Fail(string reason) => _outcome = Event("failed", LivePage.FailedFragment(reason));

    /// <summary>Lets pages that are open hear the end and load the report, for a few seconds at most, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        var start = _time.GetTimestamp();
        while (_outcome is not null && Volatile.Read(ref _watchers) > 0 && _time.GetElapsedTime(start) < Patience)
            await Task.Delay(TimeSpan.FromMilliseconds(50), _time);
        await _stop.CancelAsync();
        _listener.Close();
        await _accepting;
        await Task.WhenAll(_answers.Keys);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
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

            var answer = AnswerAsync(context);
            _answers.TryAdd(answer, 0);
            _ = answer.ContinueWith(ended => _answers.TryRemove(ended, out _), TaskScheduler.Default);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            using var response = context.Response;
            response.Headers["Cache-Control"] = "no-store";
            response.Headers["X-Content-Type-Options"] = "nosniff";
            switch ((context.Request.HttpMethod, context.Request.Url?.AbsolutePath))
            {
                case ("GET", "/"):
                    await SendPageAsync(response);
                    break;
                case ("GET", "/events"):
                    await SendEventsAsync(response);
                    break;
                default:
                    response.StatusCode = (int)HttpStatusCode.NotFound;
                    break;
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The browser left, or the tool ends.
        }
    }

    private async Task SendPageAsync(HttpListenerResponse response)
    {
        var isDone = _outcome is not null && File.Exists(_report);
        var page = isDone ? await File.ReadAllBytesAsync(_report, _stop.Token) : Encoding.UTF8.GetBytes(LivePage.Listening(_state()));
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength64 = page.Length;
        await response.OutputStream.WriteAsync(page, _stop.Token);
        if (isDone)
            Interlocked.Decrement(ref _watchers);
    }

    private async Task SendEventsAsync(HttpListenerResponse response)
    {
        Interlocked.Increment(ref _watchers);
        var heard = false;
        try
        {
            response.ContentType = "text/event-stream";
            response.SendChunked = true;
            await WriteAsync("retry: 1000\n\n");
            for (var last = ""; _outcome is null; await Task.Delay(Period, _time, _stop.Token))
            {
                var fragment = LivePage.Fragment(_state());
                await WriteAsync(fragment == last ? ": still here\n\n" : Event("progress", fragment));
                last = fragment;
            }

            await WriteAsync(_outcome);
            heard = _outcome.StartsWith("event: done", StringComparison.Ordinal);
        }
        finally
        {
            // A page that heard that the report is there comes back for it.
            if (!heard)
                Interlocked.Decrement(ref _watchers);
        }

        async Task WriteAsync(string text)
        {
            await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text), _stop.Token);
            await response.OutputStream.FlushAsync(_stop.Token);
        }
    }

    private static string Event(string name, string html) => $"event: {name}\ndata: {JsonSerializer.Serialize(html)}\n\n";

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
