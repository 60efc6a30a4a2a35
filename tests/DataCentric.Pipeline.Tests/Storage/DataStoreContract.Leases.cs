using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Tests.Storage;

/// <summary>What every store promises of leases.</summary>
public abstract partial class DataStoreContract
{
    [Fact]
    public async Task A_lease_keeps_others_off_until_it_is_given_back_and_leaves_nothing()
    {
        var store = await NewStoreAsync();
        var lease = await store.TryLeaseAsync("locks/run", Token);
        lease.ShouldNotBeNull();

        (await store.TryLeaseAsync("locks/run", Token)).ShouldBeNull();
        (await lease.RenewAsync(Token)).ShouldBeTrue();
        await using (var other = await store.TryLeaseAsync("locks/other", Token))
            other.ShouldNotBeNull();
        await lease.DisposeAsync();

        (await ListAsync(store, "")).ShouldBeEmpty();
        var next = await store.TryLeaseAsync("locks/run", Token);
        next.ShouldNotBeNull();
        await next.DisposeAsync();
    }

    [Fact]
    public async Task Of_many_that_want_a_lease_at_once_one_gets_it()
    {
        var store = await NewStoreAsync();

        var leases = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => store.TryLeaseAsync("locks/run", Token))));

        var taken = leases.OfType<IStoreLease>().ShouldHaveSingleItem();
        await taken.DisposeAsync();
    }

    [Fact]
    public async Task A_lease_does_not_keep_its_holder_from_anything()
    {
        var store = await NewStoreAsync();
        await using var lease = await store.TryLeaseAsync("locks/run", Token);

        await store.WriteAllBytesAsync("runs/run/plan.json", new byte[3], Token);
        await store.DeleteAsync("runs/run/plan.json", Token);

        (await store.FindAsync("runs/run/plan.json", Token)).ShouldBeNull();
    }
}
