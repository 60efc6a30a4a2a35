using DataCentric.Attacks;
using DataCentric.Images;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Storage;
using DataCentric.Pipeline.Tests.Storage;
using DataCentric.Pipeline.Training;

namespace DataCentric.Pipeline.Tests.Training;

public sealed class EnsemblePoolTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly IngestedSet Set = new("hash", 1, new ImageShape(8, 8), 2, false);
    private readonly TemporaryFolder _folder = new();
    private readonly Networks _networks = new();
    private readonly PipelineStores _stores;

    public EnsemblePoolTests()
    {
        var store = new FolderStore(_folder.Path);
        for (var i = 0; i < 8; i++)
            File.WriteAllText(_folder[$"m{i}"], "x");
        _stores = new PipelineStores(store, store, _ => store);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_host_that_lives_long_keeps_the_ensembles_that_were_used_last_and_no_more()
    {
        using var pool = new EnsemblePool(_stores, _networks, most: 2);
        foreach (var model in new[] { "m0", "m1", "m0", "m2" }) // m1 was used least recently
            (await pool.RentAsync([model], Set, None)).Dispose();

        (_networks.Loaded, _networks.Alive).ShouldBe((3, 2));
        (await pool.RentAsync(["m0"], Set, None)).Dispose();
        _networks.Loaded.ShouldBe(3, "m0 was kept");
        (await pool.RentAsync(["m1"], Set, None)).Dispose();
        _networks.Loaded.ShouldBe(4, "m1 was not");
    }

    [Fact]
    public async Task What_is_lent_is_never_unloaded_however_many_others_are_asked_for()
    {
        using var pool = new EnsemblePool(_stores, _networks, most: 1);
        using var first = await pool.RentAsync(["m0"], Set, None);
        using (await pool.RentAsync(["m0"], Set, None))
        {
            for (var i = 1; i < 8; i++)
                (await pool.RentAsync([$"m{i}"], Set, None)).Dispose();
        }

        first.Ensemble.Logits([]).ShouldBeEmpty(); // throws where it is unloaded
    }

    [Fact]
    public async Task A_pool_that_ends_while_a_network_works_leaves_it_to_its_user()
    {
        var pool = new EnsemblePool(_stores, _networks);
        var loan = await pool.RentAsync(["m0"], Set, None);

        pool.Dispose();

        loan.Ensemble.Logits([]).ShouldBeEmpty();
        loan.Dispose();
        _networks.Alive.ShouldBe(0);
        await Should.ThrowAsync<ObjectDisposedException>(() => pool.RentAsync(["m0"], Set, None));
    }

    [Fact]
    public async Task A_loan_goes_back_once_and_cannot_be_used_after_that()
    {
        using var pool = new EnsemblePool(_stores, _networks);
        var loan = await pool.RentAsync(["m0"], Set, None);
        loan.Dispose();
        loan.Dispose();

        using var one = await pool.RentAsync(["m0"], Set, None);
        using var other = await pool.RentAsync(["m0"], Set, None);

        one.Ensemble.ShouldNotBeSameAs(other.Ensemble, "an ensemble is for one thread at a time");
        Should.Throw<ObjectDisposedException>(() => loan.Ensemble);
    }

    [Fact]
    public async Task A_model_that_cannot_be_loaded_holds_no_place()
    {
        using var pool = new EnsemblePool(_stores, _networks, most: 1);
        for (var i = 0; i < 3; i++)
            await Should.ThrowAsync<StoreItemMissingException>(() => pool.RentAsync([$"missing{i}"], Set, None));
        foreach (var model in new[] { "m0", "m1" })
            (await pool.RentAsync([model], Set, None)).Dispose();

        _networks.Alive.ShouldBe(1);
    }

    [Fact]
    public async Task Many_threads_with_more_ensembles_than_are_kept_never_meet_an_unloaded_one_or_one_another()
    {
        var pool = new EnsemblePool(_stores, _networks, most: 2);
        await Parallel.ForAsync(0, 4000, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, token) =>
        {
            using var loan = await pool.RentAsync([$"m{i * 7 % 8}"], Set, token);
            await Task.Yield();
            loan.Ensemble.Logits([]);
        });

        pool.Dispose();
        _networks.Alive.ShouldBe(0);
        _networks.Faults.ShouldBe(0);
    }

    /// <summary>Counts what is loaded, and uses of what is unloaded or in use, which crash a native library.</summary>
    private sealed class Networks : IAdversary
    {
        public int Loaded;
        public int Alive;
        public int Faults;

        public string Device => "none";

        public IReadOnlyCollection<string> Architectures => [];

        public TrainingResult Train(TrainingRequest request, Stream model, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ModelContent Inspect(Stream model, string source) => throw new NotSupportedException();

        public IEnsemble Load(IReadOnlyList<Stream> models, ImageShape shape, int classCount)
        {
            Interlocked.Increment(ref Loaded);
            Interlocked.Increment(ref Alive);
            return new Network(this);
        }

        private sealed class Network(Networks owner) : IEnsemble
        {
            private int _users;
            private bool _isUnloaded;

            public AttackResult Attack(AttackBatch batch, AttackOptions options, IProgress<int>? progress, CancellationToken cancellationToken) => throw new NotSupportedException();

            public float[] Logits(ReadOnlySpan<byte> pixels)
            {
                var isShared = Interlocked.Increment(ref _users) > 1;
                Thread.Yield();
                if (isShared || _isUnloaded)
                    Interlocked.Increment(ref owner.Faults);
                ObjectDisposedException.ThrowIf(_isUnloaded, this);
                Interlocked.Decrement(ref _users);
                return [];
            }

            public IReadOnlyList<float[]> LogitsOfEach(ReadOnlySpan<byte> pixels) => [];

            public void Dispose()
            {
                if (_users > 0 || _isUnloaded)
                    Interlocked.Increment(ref owner.Faults);
                _isUnloaded = true;
                Interlocked.Decrement(ref owner.Alive);
            }
        }
    }
}
