namespace DataCentric.Cli.Composition;

/// <summary>Brings a published result to another store, the run record last: where it lies, all the rest lies too.</summary>
internal static class ResultCopy
{
    public static async Task CopyAsync(IDataStore from, IDataStore to, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var item in from.ListAsync("", cancellationToken))
            names.Add(item.Name);
        names.RemoveAll(name => name.StartsWith($"{OutputClaim.Folder}/", StringComparison.Ordinal));
        foreach (var name in names.OrderBy(name => name == ResultFiles.Run))
        {
            await using var source = await from.OpenReadAsync(name, 0, cancellationToken);
            await to.WriteAsync(name, (stream, token) => source.CopyToAsync(stream, token), cancellationToken);
        }
    }
}
