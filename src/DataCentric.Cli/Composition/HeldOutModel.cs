using System.Security.Cryptography;
using DataCentric.Pipeline.Storage;

namespace DataCentric.Cli.Composition;

/// <summary>Brings the held-out network into the model store, under a name that tells its content.</summary>
internal static class HeldOutModel
{
    /// <summary>Name in the model store.</summary>
    /// <exception cref="InputException">The file cannot be read.</exception>
    public static async Task<string> NameAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = File.OpenRead(file);
            return $"models/held-out-{Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken))[..16]}.safetensors";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"--held-out {file}: {exception.Message}", exception);
        }
    }

    /// <summary>Copies the file into the store unless it is there.</summary>
    public static async Task StoreAsync(IDataStore models, string name, string file, CancellationToken cancellationToken)
    {
        if (await models.FindAsync(name, cancellationToken) is not null)
            return;
        await using var source = File.OpenRead(file);
        await models.WriteAsync(name, (stream, token) => source.CopyToAsync(stream, token), cancellationToken);
    }
}
