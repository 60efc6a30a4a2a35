using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace DataCentric.Pipeline.Tests.Storage;

/// <summary>
/// Stands between the product and a blob service, as a bad network does: every so many requests it answers 500 or 503 instead of asking
/// the service, or asks it and loses the answer, cuts it in the middle, or passes it on slowly. It works on sockets, one request a connection, so that it can hang up.
/// </summary>
internal sealed partial class FaultyProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Uri _service;
    private readonly int _period;
    private int _requests;
    private int _faults;
    private int _lostAnswers;

    /// <summary>Starts listening on a free port of this machine.</summary>
    /// <param name="service">Where requests go.</param>
    /// <param name="period">One fault in so many requests; a prime keeps faults from hitting the same request always.</param>
    public FaultyProxy(Uri service, int period)
    {
        (_service, _period) = (service, period);
        _listener.Start();
        _ = ListenAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public int Faults => _faults;

    public int LostAnswers => _lostAnswers;

    public void Dispose() => _listener.Dispose();

    private async Task ListenAsync()
    {
        while (true)
        {
            var caller = await _listener.AcceptTcpClientAsync();
            _ = Task.Run(() => AnswerAsync(caller));
        }
    }

    private async Task AnswerAsync(TcpClient caller)
    {
        using var hangUp = caller;
        try
        {
            var request = await ReadRequestAsync(caller.GetStream());
            var number = Interlocked.Increment(ref _requests);
            var fault = number % _period == 0 ? number / _period % 5 : -1;
            if (fault >= 0)
                Interlocked.Increment(ref _faults);
            var answer = fault switch
            {
                0 => Refusal(500, "InternalError"),
                1 => Refusal(503, "ServerBusy"),
                _ => await AskAsync(request),
            };
            if (fault == 2)
                Interlocked.Increment(ref _lostAnswers);
            else if (fault == 4)
                await WriteSlowlyAsync(caller.GetStream(), answer);
            else
                await caller.GetStream().WriteAsync(fault == 3 ? answer[..(answer.Length / 2)] : answer);
        }
        catch (Exception exception) when (exception is IOException or SocketException or EndOfStreamException)
        {
            // The other side hung up.
        }
    }

    private static async Task WriteSlowlyAsync(NetworkStream stream, byte[] answer)
    {
        foreach (var piece in answer.Chunk(Math.Max(1, answer.Length / 8)))
        {
            await Task.Delay(25);
            await stream.WriteAsync(piece);
        }
    }

    private static byte[] Refusal(int status, string code) =>
        Encoding.ASCII.GetBytes($"HTTP/1.1 {status} No\r\nx-ms-error-code: {code}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

    /// <summary>Head and body of a request, with the wish to close the connection after it.</summary>
    private static async Task<byte[]> ReadRequestAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (head.Length < 4 || head.ToString(head.Length - 4, 4) != "\r\n\r\n")
        {
            await stream.ReadExactlyAsync(one);
            head.Append((char)one[0]);
        }

        var text = ConnectionHeader().Replace(head.ToString(), "\r\n");
        var length = LengthHeader().Match(text) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, null) : 0;
        var body = new byte[length];
        await stream.ReadExactlyAsync(body);
        return [.. Encoding.Latin1.GetBytes(text[..^2] + "Connection: close\r\n\r\n"), .. body];
    }

    private async Task<byte[]> AskAsync(byte[] request)
    {
        using var service = new TcpClient();
        await service.ConnectAsync(_service.Host, _service.Port);
        await service.GetStream().WriteAsync(request);
        using var answer = new MemoryStream();
        await service.GetStream().CopyToAsync(answer);
        return answer.ToArray();
    }

    [GeneratedRegex(@"\r\nConnection:[^\r]*\r\n", RegexOptions.IgnoreCase)]
    private static partial Regex ConnectionHeader();

    [GeneratedRegex(@"\r\nContent-Length: *(\d+)", RegexOptions.IgnoreCase)]
    private static partial Regex LengthHeader();
}
