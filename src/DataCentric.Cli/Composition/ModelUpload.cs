using System.Security.Cryptography;

namespace DataCentric.Cli.Composition;

/// <summary>Brings networks that the user names into the model store, under names that tell their content.</summary>
internal static class ModelUpload
{
    private const int HeldOutDigits = 16;

    /// <summary>Name of the held-out network in the model store.</summary>
    /// <exception cref="InputException">The file cannot be read.</exception>
    public static async Task<string> HeldOutNameAsync(string file, CancellationToken cancellationToken) =>
        $"models/held-out-{(await HashAsync("--held-out", file, cancellationToken))[..HeldOutDigits]}.safetensors";

    /// <summary>Names of surrogates in the model store.</summary>
    /// <exception cref="InputException">A file cannot be read.</exception>
    public static async Task<IReadOnlyList<string>> SurrogateNamesAsync(IEnumerable<string> files, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        foreach (var file in files)
            names.Add(ImportedModel.NameOf(await HashAsync("--surrogate-models", file, cancellationToken)));
        return names;
    }

    /// <summary>Copies a file into the store unless its content is there.</summary>
    public static async Task StoreAsync(IDataStore models, string name, string file, CancellationToken cancellationToken)
    {
        if (await models.HashAsync(name, cancellationToken) is { } stored && name.Contains(stored[..HeldOutDigits], StringComparison.Ordinal))
            return;
        await using var source = File.OpenRead(file);
        await models.WriteAsync(name, (stream, token) => source.CopyToAsync(stream, token), cancellationToken);
    }

    private static async Task<string> HashAsync(string option, string file, CancellationToken cancellationToken)
    {
        await using var stream = await UserFiles.OpenAsync(file, option);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
    }
}
