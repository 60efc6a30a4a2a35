namespace DataCentric.Pipeline.Storage;

/// <summary>An exclusive claim on a name of a store. Disposing it gives it back.</summary>
public interface IStoreLease : IAsyncDisposable
{
    /// <summary>Makes the lease last for another <see cref="IDataStore.LeaseTime"/>; one that ran out is taken again where nobody else has it.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when somebody else has it now.</returns>
    /// <exception cref="StoreException">The storage does not answer; the lease may still be held.</exception>
    Task<bool> RenewAsync(CancellationToken cancellationToken);
}
