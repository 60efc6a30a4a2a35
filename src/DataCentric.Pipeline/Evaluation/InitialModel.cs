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
            if (!models.TryAdd(architecture, bytes))
                throw new InputException($"Model {file}: is the second {architecture}; a score tells networks apart by their architecture. Score it in a folder of its own.");
        }

        return models;
    }
}
