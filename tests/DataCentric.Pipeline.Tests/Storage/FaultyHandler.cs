using System.Net;

namespace DataCentric.Pipeline.Tests.Storage;

/// <summary>Stands between the SDK and the service, and lets go wrong what a test wishes.</summary>
internal sealed class FaultyHandler(Func<HttpRequestMessage, Func<Task<HttpResponseMessage>>, Task<HttpResponseMessage>> fault)
    : DelegatingHandler(new SocketsHttpHandler())
{
    private int _requests;

    /// <summary>Requests seen so far.</summary>
    public int Requests => _requests;

    /// <summary>The service answers this and nothing else.</summary>
    public static FaultyHandler Answering(int status, string errorCode, string detail = "some detail") =>
        new((_, _) => Task.FromResult(Answer(status, errorCode, detail)));

    public static HttpResponseMessage Answer(int status, string errorCode, string detail = "some detail")
    {
        var answer = new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = new StringContent($"<?xml version=\"1.0\"?><Error><Code>{errorCode}</Code><Message>{detail}</Message></Error>",
                System.Text.Encoding.UTF8, "application/xml"),
        };
        answer.Headers.Add("x-ms-error-code", errorCode);
        return answer;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _requests);
        return fault(request, () => base.SendAsync(request, cancellationToken)).WaitAsync(cancellationToken);
    }

    // The SDK's synchronous methods end here.
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _requests);
        return fault(request, () => Task.FromResult(base.Send(request, cancellationToken))).GetAwaiter().GetResult();
    }
}

/// <summary>The first <paramref name="length"/> bytes of a stream, and then the connection is cut.</summary>
internal sealed class CutStream(Stream inner, int length) : MemoryStream
{
    private int _left = length;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_left == 0)
            throw new IOException("The connection was cut.");
        var count = await inner.ReadAsync(buffer[..Math.Min(buffer.Length, _left)], cancellationToken);
        _left -= count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
}
