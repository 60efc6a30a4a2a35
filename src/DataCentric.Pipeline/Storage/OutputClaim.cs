namespace DataCentric.Pipeline.Storage;

/// <summary>What a verb is going to write in a place, which may hold other things.</summary>
/// <param name="Verb">The verb; its record in the place is named after it.</param>
/// <param name="Identity">Differs where the result would; empty where results of the verb may follow each other in one place.</param>
/// <param name="Names">Items that are written; one that ends with '/' stands for all below.</param>
public sealed record OutputClaim(string Verb, string Identity, IReadOnlyList<string> Names)
{
    /// <summary>The folder of a place that holds what is not part of its result.</summary>
    public const string Folder = ".datacentric";

    /// <summary>Says that what lies there is this tool's own where no record of the verb does; null where nothing can.</summary>
    public Func<CancellationToken, Task<bool>>? IsOwn { get; init; }

    /// <summary>Whether what lies there is given up; null where nothing can say that it is.</summary>
    public bool? Overwrite { get; init; }

    /// <summary>Names what goes together with what lies there, and is to be given up with it; null where nothing does.</summary>
    public Func<CancellationToken, Task<IReadOnlyList<string>>>? Companions { get; init; }

    /// <summary>Name of the verb's record in a place.</summary>
    public string RecordName => $"{Folder}/{Verb}.json";

    /// <summary>
    /// Takes a place for writing: nobody else writes there until the lock is given back, and a record says from now on that what lies under
    /// the names is this verb's.
    /// </summary>
    /// <param name="store">The place.</param>
    /// <param name="waiting">Told when there is somebody to wait for, with the longest wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InputException">Another process writes there, the place holds something else under one of the names, or it cannot be written.</exception>
    public async Task<StoreLock> TakeAsync(IDataStore store, Action<TimeSpan>? waiting, CancellationToken cancellationToken)
    {
        var held = await LockAsync(store, waiting, cancellationToken);
        try
        {
            await CheckAsync(store, cancellationToken);
            return held;
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes a place whose result is added to, or is guarded by other means: keeps other writers off.</summary>
    /// <param name="store">The place.</param>
    /// <param name="waiting">Told when there is somebody to wait for, with the longest wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InputException">Another process writes there, or it cannot be written.</exception>
    public static async Task<StoreLock> LockAsync(IDataStore store, Action<TimeSpan>? waiting, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        try
        {
            return await StoreLock.TakeAsync(
                store, $"{Folder}/lock", $"{store.Location}: another process writes here. Wait for it, or choose another place.", TimeProvider.System, waiting, cancellationToken);
        }
        catch (StoreException exception) when (store is FolderStore)
        {
            throw new InputException($"{store.Location}: the folder cannot be written: {exception.InnerException?.Message ?? exception.Message}", exception);
        }
    }

    /// <summary>Takes the names alone, in a place that is locked already.</summary>
    /// <param name="store">The place.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <exception cref="InputException">The place holds something else under one of the names.</exception>
    public async Task CheckAsync(IDataStore store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        var known = await store.TryReadSealedAsync<OutputRecord>(RecordName, PipelineJson.Indented, cancellationToken);
        if (known is not null && known.Identity == Identity)
            return;
        if (known is not null || IsOwn is null || !await IsOwn(cancellationToken))
            await MakeRoomAsync(store, known, cancellationToken);
        await store.WriteSealedAsync(RecordName, new OutputRecord(Identity, Names), PipelineJson.Indented, cancellationToken);
    }

    /// <summary>Forgets the record, where another one says from now on whose the names are.</summary>
    /// <param name="store">The place.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task ForgetAsync(IDataStore store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.DeleteAsync(RecordName, cancellationToken);
    }

    private async Task MakeRoomAsync(IDataStore store, OutputRecord? known, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        foreach (var name in Names.Concat(known?.Names ?? []).Distinct())
            found.AddRange(await FindAsync(store, name, known, cancellationToken));
        if (found.Count > 0 && Overwrite != true)
        {
            var way = Overwrite is null ? "Move it away" : "Choose another place, or say --overwrite";
            throw new InputException(known is null
                ? $"{store.Location} holds '{found[0]}', which this would overwrite and which no record of '{Verb}' names. {way}."
                : $"{store.Location} holds the result of another '{Verb}', such as '{found[0]}'. {way}.");
        }

        if (found.Count > 0 && Companions is not null)
            found.AddRange(await Companions(cancellationToken));
        foreach (var name in found)
            await store.DeleteAsync(name, cancellationToken);
    }

    /// <summary>What lies under a name. Below a folder that no record names, what is not overwritten stays.</summary>
    private async Task<IReadOnlyList<string>> FindAsync(IDataStore store, string name, OutputRecord? known, CancellationToken cancellationToken)
    {
        if (!name.EndsWith('/'))
            return await store.FindAsync(name, cancellationToken) is null ? [] : [name];
        var below = await store.ListAsync(name, cancellationToken).Select(item => item.Name).ToListAsync(cancellationToken);
        return Overwrite == true && known?.Names.Contains(name) != true ? [] : below;
    }

    private sealed record OutputRecord(string Identity, IReadOnlyList<string> Names);
}
