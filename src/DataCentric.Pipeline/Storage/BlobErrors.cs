using Azure;
using Azure.Identity;
using Azure.Storage.Blobs.Models;

namespace DataCentric.Pipeline.Storage;

/// <summary>Says in one sentence what blob storage answered: item, container, status and what to do; never a key or a SAS.</summary>
/// <param name="location">Address of the container without its query.</param>
internal sealed class BlobErrors(string location)
{
    /// <summary>The exception to throw instead, or null for what is not the storage's doing.</summary>
    /// <param name="doing">What was tried: look up, read, write, delete or list.</param>
    /// <param name="name">Name of the item.</param>
    /// <param name="exception">What came.</param>
    /// <param name="cancellationToken">The caller's request to stop; a cancellation without it is a timeout of the network.</param>
    public StoreException? Explain(string doing, string name, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is RequestFailedException { Status: 404 } && doing == "read")
            return new StoreItemMissingException(location, name, exception);
        return exception switch
        {
            StoreException known => known,
            _ when Reason(exception, cancellationToken) is { } reason =>
                new StoreException($"{location}: cannot {doing} '{name}': {reason}.", exception),
            _ => null,
        };
    }

    private static string? Reason(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        RequestFailedException { Status: 0 } failed => $"no answer ({FirstLine(failed)})",
        RequestFailedException failed => $"{Meaning(failed)} ({failed.Status} {failed.ErrorCode ?? "without an error code"})",
        // The SDK wraps the failures of several tries.
        AggregateException { InnerExceptions: [.., var last] } tries =>
            Reason(last, cancellationToken) is { } reason ? $"{reason}, {tries.InnerExceptions.Count} times" : null,
        CredentialUnavailableException => "no identity was found: sign in with 'az login', or give the app a managed identity",
        AuthenticationFailedException => "the identity could not sign in",
        OperationCanceledException when !cancellationToken.IsCancellationRequested => "no answer in time",
        IOException or HttpRequestException => $"the connection broke ({FirstLine(exception)})",
        _ => null,
    };

    private static string Meaning(RequestFailedException failed) => failed switch
    {
        { Status: 400 } when failed.ErrorCode == BlobErrorCode.InvalidBlockList || failed.ErrorCode == "InvalidBlobOrBlock" =>
            "another writer of the same item was quicker; the item is whole, and writing again is safe",
        { Status: 400 } when failed.Message.Contains("--skipApiVersionCheck", StringComparison.Ordinal) =>
            "this Azurite is older than the SDK; start it with --skipApiVersionCheck",
        { Status: 401 or 403 } =>
            "access is refused; a key or SAS must allow this, an identity needs the role Storage Blob Data Contributor",
        { Status: 404 } => "the container or account is not there",
        { Status: 409 } => "the container or item is in a state that forbids it, such as being deleted or leased",
        { Status: 412 } => "the item has changed or is leased meanwhile",
        { Status: 429 or 503 } => "the service is too busy, also after several tries",
        { Status: >= 500 } => "the service failed, also after several tries",
        _ => "the service refused",
    };

    private static string FirstLine(Exception exception) => exception.Message.Split('\n', '\r')[0].TrimEnd('.');
}
