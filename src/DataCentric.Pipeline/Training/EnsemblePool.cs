namespace DataCentric.Pipeline.Training;

/// <summary>
/// Lends loaded ensembles to shards, one to a worker at a time, and keeps them for the next shard: those of the few ensembles that were
/// used last. One that is lent is never unloaded, whoever asks for it: native code may be at work with it. Thread-safe.
/// </summary>
/// <param name="stores">Where the models lie.</param>
/// <param name="adversary">Loads them.</param>
/// <param name="most">Different ensembles that are kept while nobody uses them.</param>
internal sealed class EnsemblePool(PipelineStores stores, IAdversary adversary, int most = EnsemblePool.Most) : IDisposable
{
    /// <summary>Two runs at once, each with an ensemble and a held-out network.</summary>
    public const int Most = 4;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Shelf> _shelves = new(StringComparer.Ordinal);
    private long _uses;
    private bool _isClosed;

    /// <summary>Hash over the hashes of the model files, in ensemble order; first 16 hexadecimal digits.</summary>
    /// <param name="surrogates">The ensemble.</param>
    public static string HashOf(IReadOnlyList<TrainedModel> surrogates) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', surrogates.Select(model => model.Sha256)))))[..16];

    /// <summary>Unloads idle ensembles; one that is lent is unloaded by whoever gives it back.</summary>
    public void Dispose()
    {
        lock (_lock)
            _isClosed = true;
        Unload();
    }

    internal async Task<Loan> RentAsync(IReadOnlyList<string> models, IngestedSet set, CancellationToken cancellationToken)
    {
        var shelf = Enter($"{string.Join('|', models)}|{set.Shape}|{set.ClassCount}");
        try
        {
            return new Loan(TryTake(shelf) ?? await LoadAsync(models, set, cancellationToken), ensemble => Leave(shelf, ensemble));
        }
        catch
        {
            Leave(shelf, ensemble: null);
            throw;
        }
    }

    private Shelf Enter(string key)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (!_shelves.TryGetValue(key, out var shelf))
                _shelves[key] = shelf = new Shelf(key);
            shelf.Users++;
            shelf.LastUse = ++_uses;
            return shelf;
        }
    }

    private IEnsemble? TryTake(Shelf shelf)
    {
        lock (_lock)
            return shelf.Idle.TryPop(out var ensemble) ? ensemble : null;
    }

    private void Leave(Shelf shelf, IEnsemble? ensemble)
    {
        lock (_lock)
        {
            shelf.Users--;
            shelf.LastUse = ++_uses;
            if (ensemble is not null)
                shelf.Idle.Push(ensemble);
        }

        Unload();
    }

    /// <summary>Unloads what is too much, the least recently used first, and nothing that somebody uses.</summary>
    private void Unload()
    {
        var old = new List<IEnsemble>();
        lock (_lock)
        {
            var keep = _isClosed ? 0 : most;
            foreach (var shelf in _shelves.Values.OrderBy(shelf => shelf.LastUse).ToArray())
            {
                if (_shelves.Count <= keep)
                    break;
                if (!_isClosed && shelf.Users > 0)
                    continue;
                old.AddRange(shelf.Idle); // None of these is lent; where the pool is closed, others of the shelf may be.
                shelf.Idle.Clear();
                if (shelf.Users == 0)
                    _shelves.Remove(shelf.Key);
            }
        }

        old.ForEach(ensemble => ensemble.Dispose());
    }

    private async Task<IEnsemble> LoadAsync(IReadOnlyList<string> models, IngestedSet set, CancellationToken cancellationToken)
    {
        var files = new List<Stream>();
        foreach (var model in models)
            files.Add(new MemoryStream(await stores.Models.ReadAllBytesAsync(model, cancellationToken)));
        return adversary.Load(files, set.Shape, set.ClassCount);
    }

    /// <summary>All loaded copies of one ensemble.</summary>
    private sealed class Shelf(string key)
    {
        public string Key { get; } = key;

        public Stack<IEnsemble> Idle { get; } = [];

        /// <summary>Loans that are not given back, or are about to be made.</summary>
        public int Users { get; set; }

        public long LastUse { get; set; }
    }

    /// <summary>A borrowed ensemble; goes back when disposed, once, and cannot be used after that.</summary>
    internal sealed class Loan(IEnsemble ensemble, Action<IEnsemble> giveBack) : IDisposable
    {
        private IEnsemble? _ensemble = ensemble;

        public IEnsemble Ensemble => _ensemble ?? throw new ObjectDisposedException(nameof(Loan));

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ensemble, null) is { } ensemble)
                giveBack(ensemble);
        }
    }
}
