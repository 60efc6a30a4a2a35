using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DataCentric.Pipeline.Tests.Fetching;

/// <summary>
/// A web server of this machine that offers one file, with ranges and an entity tag as RFC 9110 describes them, and does something wrong
/// with the first requests: as many as there are faults.
/// </summary>
internal sealed class FlakyServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Queue<Fault> _faults;
    private readonly byte[] _content;
    private readonly Task _serving;

    public FlakyServer(byte[] content, params Fault[] faults)
    {
        (_content, _faults) = (content, new(faults));
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/sets/");
        _serving = ServeAsync();
    }

    /// <summary>The folder that holds the file.</summary>
    public Uri Address { get; }

    /// <summary>The version that is offered; null sends none.</summary>
    public string? EntityTag { get; set; } = "\"one\"";

    /// <summary>What was asked for: path and range of each request.</summary>
    public List<string> Requests { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var connection = await _listener.AcceptTcpClientAsync(_stop.Token);
                await using var stream = connection.GetStream();
                await AnswerAsync(stream);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
            {
                // The client went away, or the test is over.
            }
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        var headers = await ReadHeadersAsync(stream);
        var range = headers.GetValueOrDefault("Range");
        Requests.Add($"{headers[""].Split(' ')[1]} {range}".TrimEnd());
        var fault = _faults.TryDequeue(out var next) ? next : new Fault();
        var from = range is not null && headers.GetValueOrDefault("If-Range") == EntityTag && !fault.IgnoresRange
            ? long.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture)
            : 0;
        var status = fault.Status ?? (from > 0 ? 206 : 200);
        var body = fault.Content ?? _content;
        var rest = status < 300 ? body.AsMemory((int)from) : default;
        var head = new StringBuilder($"HTTP/1.1 {status} Answer\r\nConnection: close\r\n");
        if (!fault.HidesLength)
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {fault.Length ?? rest.Length}\r\n");
        if (status == 206)
            head.Append(CultureInfo.InvariantCulture, $"Content-Range: bytes {from + fault.RangeShift}-{body.Length - 1}/{body.Length}\r\n");
        if (EntityTag is not null)
            head.Append(CultureInfo.InvariantCulture, $"ETag: {EntityTag}\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), _stop.Token);
        await stream.WriteAsync(rest[..Math.Min(rest.Length, fault.CutAfter ?? rest.Length)], _stop.Token);
        if (fault.Stalls)
            await Task.Delay(Timeout.InfiniteTimeSpan, fault.StallEnds ?? _stop.Token);
    }

    private async Task<Dictionary<string, string>> ReadHeadersAsync(NetworkStream stream)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        headers[""] = await reader.ReadLineAsync(_stop.Token) ?? throw new IOException("no request");
        while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 } line)
            headers[line[..line.IndexOf(':', StringComparison.Ordinal)]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        return headers;
    }
}

/// <summary>What goes wrong with one request.</summary>
internal sealed record Fault
{
    /// <summary>Answers with this status and no body.</summary>
    public int? Status { get; init; }

    /// <summary>Closes the connection after as many bytes of the body.</summary>
    public int? CutAfter { get; init; }

    /// <summary>Sends nothing more after that, but keeps the connection.</summary>
    public bool Stalls { get; init; }

    /// <summary>Ends the stall.</summary>
    public CancellationToken? StallEnds { get; init; }

    /// <summary>Announces this length.</summary>
    public int? Length { get; init; }

    /// <summary>Announces no length.</summary>
    public bool HidesLength { get; init; }

    /// <summary>Sends this in place of the file.</summary>
    public byte[]? Content { get; init; }

    /// <summary>Sends everything where a range was asked for.</summary>
    public bool IgnoresRange { get; init; }

    /// <summary>Says that a range begins elsewhere.</summary>
    public int RangeShift { get; init; }
}
