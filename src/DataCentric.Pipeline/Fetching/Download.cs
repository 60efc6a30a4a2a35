using System.Net;
using System.Net.Http.Headers;

namespace DataCentric.Pipeline.Fetching;

/// <summary>One attempt at a file: a request for what is missing, and the bytes that come.</summary>
/// <param name="client">Sends requests.</param>
/// <param name="address">Where the file is.</param>
/// <param name="file">What is asked for.</param>
/// <param name="part">What is here of it.</param>
/// <param name="stall">Without a byte for this long, it is given up.</param>
/// <param name="time">Measures that.</param>
/// <param name="progress">Told of bytes.</param>
internal sealed class Download(
    HttpClient client, Uri address, KnownFile file, PartialFile part, TimeSpan stall, TimeProvider time, IProgress<FetchProgress> progress)
{
    private const int BufferSize = 1 << 16;

    /// <summary>Brings bytes until all are here.</summary>
    /// <exception cref="FetchException">They stopped coming; the next attempt goes on.</exception>
    /// <exception cref="InputException">There is no such file, or it may not be read: no attempt will change that.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var watch = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = time.CreateTimer(_ => watch.Cancel(), null, stall, Timeout.InfiniteTimeSpan);
        try
        {
            using var response = await client.SendAsync(Request(), HttpCompletionOption.ResponseHeadersRead, watch.Token);
            await using var target = Open(response);
            await using var source = await response.Content.ReadAsStreamAsync(watch.Token);
            await CopyAsync(source, target, timer, watch.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new FetchException($"{address}: nothing came for {stall.TotalSeconds:0.#} seconds.", e);
        }
        catch (Exception e) when (e is HttpRequestException or HttpIOException or (IOException and not FetchException))
        {
            throw new FetchException($"{address}: {e.Message}", e);
        }
    }

    private HttpRequestMessage Request()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.AcceptEncoding.Add(new("identity")); // bytes as they are, so that ranges count the same bytes
        if (part.Version(address) is { } version && part.Length < file.Length)
        {
            request.Headers.Range = new RangeHeaderValue(part.Length, null);
            request.Headers.TryAddWithoutValidation("If-Range", version);
        }

        return request;
    }

    /// <summary>Goes on where the server does, or begins anew where it sends everything.</summary>
    private FileStream Open(HttpResponseMessage response)
    {
        switch (response.StatusCode)
        {
            case HttpStatusCode.PartialContent when response.Content.Headers.ContentRange is { From: { } from } range && from == part.Length:
                CheckLength(range.Length);
                return part.Append();
            case HttpStatusCode.OK:
                CheckLength(response.Content.Headers.ContentLength);
                return part.Create(address, VersionOf(response));
            case HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable:
                part.Delete(); // what is here does not fit what is there
                throw new FetchException($"{address}: the server cannot go on from where it was; beginning anew.");
            case HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError:
                throw new FetchException($"{address}: the server answers {(int)response.StatusCode} {response.ReasonPhrase}.");
            default:
                throw new InputException($"{address}: the server answers {(int)response.StatusCode} {response.ReasonPhrase}; name another place with --from.");
        }
    }

    /// <summary>A strong entity tag, else the date of the last change.</summary>
    private static string? VersionOf(HttpResponseMessage response) => response.Headers.ETag is { IsWeak: false } tag
        ? tag.Tag
        : response.Content.Headers.LastModified?.ToString("r", CultureInfo.InvariantCulture);

    private void CheckLength(long? length)
    {
        if (length is { } announced && announced != file.Length)
            throw new InputException($"{address}: has {announced} bytes; {file.Name} has {file.Length}. The file there is another one.");
    }

    private async Task CopyAsync(Stream source, FileStream target, ITimer timer, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        var done = target.Position;
        for (int count; (count = await source.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            timer.Change(stall, Timeout.InfiniteTimeSpan);
            if (count > file.Length - done)
                throw new FetchException($"{address}: more than the {file.Length} bytes of {file.Name} come.");
            await target.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            progress.Report(new FetchProgress(file.Name, done += count, file.Length));
        }

        if (done < file.Length)
            throw new FetchException($"{address}: the connection ended after {done} of {file.Length} bytes.");
    }
}
