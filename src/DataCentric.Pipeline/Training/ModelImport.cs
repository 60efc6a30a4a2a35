using DataCentric.Pipeline.DataSets;

namespace DataCentric.Pipeline.Training;

/// <summary>Imports networks that a user names into the model store, under names that tell their content.</summary>
public static class ModelImport
{
    private const int HeldOutDigits = 16;

    /// <summary>Name of a surrogate in the model store, see <see cref="ImportedModel"/>.</summary>
    /// <param name="model">The model file.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<string> SurrogateNameAsync(Stream model, CancellationToken cancellationToken) =>
        ImportedModel.NameOf(await HashAsync(model, cancellationToken));

    /// <summary>Name of the held-out network in the model store.</summary>
    /// <param name="model">The model file.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<string> HeldOutNameAsync(Stream model, CancellationToken cancellationToken) =>
        $"models/held-out-{(await HashAsync(model, cancellationToken))[..HeldOutDigits]}.safetensors";

    /// <summary>Copies a model file into the store unless its content is there.</summary>
    /// <param name="models">The model store.</param>
    /// <param name="name">Its name there, as one of the above gives it.</param>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Stops copying.</param>
    public static async Task StoreAsync(IDataStore models, string name, string file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(name);
        if (await models.HashAsync(name, cancellationToken) is { } stored && name.Contains(stored[..HeldOutDigits], StringComparison.Ordinal))
            return;
        await using var source = File.OpenRead(file);
        await models.WriteAsync(name, (stream, token) => source.CopyToAsync(stream, token), cancellationToken);
    }

    /// <summary>Checks a model file against the data that it is for, before anything is computed.</summary>
    /// <param name="adversary">Knows model files.</param>
    /// <param name="file">The file.</param>
    /// <param name="data">Classes and shape that it must be for.</param>
    /// <exception cref="InputException">It cannot be read, is not a model file, or is for other classes or images.</exception>
    public static void Check(IAdversary adversary, string file, DataOutline data) =>
        new ModelStore(new FolderStore(Path.GetDirectoryName(Path.GetFullPath(file))!), adversary, new NullActivityObserver()).ReadFile(file, data);

    private static async Task<string> HashAsync(Stream model, CancellationToken cancellationToken) =>
        Convert.ToHexStringLower(await SHA256.HashDataAsync(model, cancellationToken));
}
