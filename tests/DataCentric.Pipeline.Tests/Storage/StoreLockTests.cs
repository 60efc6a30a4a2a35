using DataCentric.Pipeline.Storage;
using Microsoft.Extensions.Time.Testing;

namespace DataCentric.Pipeline.Tests.Storage;

/// <summary>Two processes, one run.</summary>
public sealed class StoreLockTests(AzuriteFixture azurite) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task In_a_folder_the_second_is_refused_at_once_and_told_what_to_do()
    {
        var store = new FolderStore(_folder.Path);
        await using (await StoreLock.OfRunAsync(store, "run", TimeProvider.System, cancellationToken: Token))
        {
            var refusal = await Should.ThrowAsync<InputException>(() => StoreLock.OfRunAsync(store, "run", TimeProvider.System, cancellationToken: Token));

            refusal.Message.ShouldBe($"{_folder.Path}: another process works on run run. Wait for it, or stop it; what it has finished is kept.");
            await using var other = await StoreLock.OfRunAsync(store, "other", TimeProvider.System, cancellationToken: Token);
        }

        await using var next = await StoreLock.OfRunAsync(store, "run", TimeProvider.System, cancellationToken: Token);
        next.Lost.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public async Task On_blob_storage_the_lease_of_a_dead_process_ends_and_the_second_goes_on()
    {
        var store = DataStores.Open($"{azurite.ConnectionString}Container=dead-lease");
        (await store.TryLeaseAsync("locks/run", Token)).ShouldNotBeNull(); // Never renewed, never given back.
        var waits = new List<TimeSpan>();

        await using var second = await StoreLock.OfRunAsync(store, "run", TimeProvider.System, waits.Add, Token);

        waits.ShouldHaveSingleItem().ShouldBe(TimeSpan.FromSeconds(16));
        second.Lost.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public async Task A_lease_is_renewed_as_long_as_it_is_held_and_not_longer()
    {
        var (time, store) = (new FakeTimeProvider(), new LeaseOnly());
        var held = await StoreLock.OfRunAsync(store, "run", time, cancellationToken: Token);

        await AdvanceUntilAsync(time, () => store.Renewals >= 3);
        held.Lost.IsCancellationRequested.ShouldBeFalse();
        await held.DisposeAsync();
        var renewals = store.Renewals;
        time.Advance(TimeSpan.FromMinutes(5));

        store.Renewals.ShouldBe(renewals);
        store.GivenBack.ShouldBeTrue();
    }

    [Fact]
    public async Task A_storage_that_does_not_answer_a_renewal_ends_nothing_but_another_holder_does()
    {
        var (time, store) = (new FakeTimeProvider(), new LeaseOnly());
        await using var held = await StoreLock.OfRunAsync(store, "run", time, cancellationToken: Token);

        store.Answer = () => throw new StoreException("no answer");
        await AdvanceUntilAsync(time, () => store.Renewals >= 5);
        held.Lost.IsCancellationRequested.ShouldBeFalse();
        store.Answer = () => false;
        await AdvanceUntilAsync(time, () => held.Lost.IsCancellationRequested);

        held.Lost.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public async Task A_living_holder_is_waited_for_as_long_as_a_dead_ones_lease_lasts_and_then_it_is_refused()
    {
        var (time, store) = (new FakeTimeProvider(), new LeaseOnly { IsTaken = true });
        var waits = new List<TimeSpan>();

        var second = StoreLock.OfRunAsync(store, "run", time, waits.Add, Token);
        await AdvanceUntilAsync(time, () => second.IsCompleted);

        (await Should.ThrowAsync<InputException>(() => second)).Message.ShouldContain("another process works on run run");
        waits.ShouldHaveSingleItem();
        store.Tries.ShouldBeInRange(10, 20);
    }

    private static async Task AdvanceUntilAsync(FakeTimeProvider time, Func<bool> condition)
    {
        while (!condition())
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1, Token);
        }
    }

    /// <summary>A store that has nothing but one lease.</summary>
    private sealed class LeaseOnly : IDataStore, IStoreLease
    {
        public bool IsTaken { get; init; }

        public Func<bool> Answer { get; set; } = () => true;

        public int Tries { get; private set; }

        public int Renewals { get; private set; }

        public bool GivenBack { get; private set; }

        public string Location => "nowhere";

        public TimeSpan? LeaseTime => TimeSpan.FromSeconds(15);

        public Task<IStoreLease?> TryLeaseAsync(string name, CancellationToken cancellationToken)
        {
            Tries++;
            return Task.FromResult<IStoreLease?>(IsTaken ? null : this);
        }

        public Task<bool> RenewAsync(CancellationToken cancellationToken)
        {
            Renewals++;
            return Task.FromResult(Answer());
        }

        public ValueTask DisposeAsync()
        {
            GivenBack = true;
            return ValueTask.CompletedTask;
        }

        public Task<StoredItem?> FindAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Stream> OpenReadAsync(string name, long offset, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task ReadAsync(string name, long offset, Memory<byte> buffer, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task WriteAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task DeleteAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();

        public IAsyncEnumerable<StoredItem> ListAsync(string prefix, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
