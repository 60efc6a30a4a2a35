using System.Collections.Concurrent;

namespace DataCentric.Pipeline.Training;

/// <summary>Lends loaded ensembles to attack shards, one to a worker at a time, and keeps them for the next shard. Thread-safe.</summary>
/// <param name="stores">Where the models lie.</param>
/// <param name="adversary">Loads them.</param>
internal sealed class EnsemblePool(PipelineStores stores, IAdversary adversary) : IDisposable
{
    private readonly ConcurrentDictionary<string, ConcurrentBag<IEnsemble>> _idle = new(StringComparer.Ordinal);

    /// <summary>Hash over the hashes of the model files, in ensemble order; first 16 hexadecimal digits.</summary>
    /// <param name="surrogates">The ensemble.</param>
    public static string HashOf(IReadOnlyList<TrainedModel> surrogates) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', surrogates.Select(model => model.Sha256)))))[..16];

    /// <summary>Unloads idle ensembles.</summary>
    public void Dispose()
    {
        foreach (var ensemble in _idle.Values.SelectMany(bag => bag))
            ensemble.Dispose();
        _idle.Clear();
    }

    internal async Task<Loan> RentAsync(IReadOnlyList<string> models, IngestedSet set, CancellationToken cancellationToken)
    {
        var key = $"{string.Join('|', models)}|{set.Shape}|{set.ClassCount}";
        var idle = _idle.GetOrAdd(key, _ => []);
        return new Loan(idle, idle.TryTake(out var ensemble) ? ensemble : await LoadAsync(models, set, cancellationToken));
    }

    private async Task<IEnsemble> LoadAsync(IReadOnlyList<string> models, IngestedSet set, CancellationToken cancellationToken)
    {
        var files = new List<Stream>();
        foreach (var model in models)
            files.Add(new MemoryStream(await stores.Models.ReadAllBytesAsync(model, cancellationToken)));
        return adversary.Load(files, set.Shape, set.ClassCount);
    }

    /// <summary>A borrowed ensemble; goes back when disposed.</summary>
    internal sealed class Loan(ConcurrentBag<IEnsemble> idle, IEnsemble ensemble) : IDisposable
    {
        public IEnsemble Ensemble { get; } = ensemble;

        public void Dispose() => idle.Add(Ensemble);
    }
}
