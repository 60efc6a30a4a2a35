using DataCentric.Pipeline.Training;

namespace DataCentric.Pipeline.Evaluation;

/// <summary>Model files that the trainings of a score begin with.</summary>
public static class InitialModel
{
    /// <summary>Reads model files.</summary>
    /// <param name="files">Their paths.</param>
    /// <param name="adversary">Knows model files.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The files by the architectures that they tell.</returns>
    /// <exception cref="InputException">One cannot be read or is not a model file, or two are of one architecture, by which a score tells networks apart.</exception>
    public static IReadOnlyDictionary<string, byte[]> Read(IReadOnlyList<string> files, IAdversary adversary, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(adversary);
        var models = new Dictionary<string, byte[]>();
        foreach (var file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var bytes = ExactReading.All(file);
            var architecture = adversary.Inspect(new MemoryStream(bytes), $"Model {file}").Architecture;
            Add(models, architecture, bytes, file);
        }

        return models;
    }

    /// <summary>Reads imported networks.</summary>
    /// <param name="models">The model store.</param>
    /// <param name="scoring">Names them; none where training begins with untrained networks.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The files by the architectures that they tell, in the order of <see cref="ScoringRequest.Init"/>.</returns>
    /// <exception cref="InputException">One is not there or is not a model file, or two are of one architecture.</exception>
    /// <exception cref="InvalidDataException">One is not the file that its name tells.</exception>
    internal static async Task<IReadOnlyDictionary<string, byte[]>> ReadAsync(ModelStore models, ScoringRequest scoring, CancellationToken cancellationToken)
    {
        var read = new Dictionary<string, byte[]>();
        foreach (var name in scoring.Init ?? [])
        {
            var (architecture, bytes) = await models.ReadInitialAsync(name, "score.init", $"Model {name}", cancellationToken);
            Add(read, architecture, bytes, name);
        }

        return read;
    }

    /// <summary>The hashes of model files, lower-case hex; null where there are none.</summary>
    /// <param name="models">The files by their architectures.</param>
    internal static IReadOnlyDictionary<string, string>? HashesOf(IReadOnlyDictionary<string, byte[]> models) =>
        models.Count == 0 ? null : models.ToDictionary(model => model.Key, model => Convert.ToHexStringLower(SHA256.HashData(model.Value)));

    private static void Add(Dictionary<string, byte[]> models, string architecture, byte[] bytes, string name)
    {
        if (!models.TryAdd(architecture, bytes))
            throw new InputException($"Model {name}: is the second {architecture}; a score tells networks apart by their architecture. Score it by itself.");
    }
}
