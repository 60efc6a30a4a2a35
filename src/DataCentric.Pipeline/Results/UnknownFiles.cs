using DataCentric.Pipeline.DataSets;

namespace DataCentric.Pipeline.Results;

/// <summary>
/// Finds files that lie with a set and that nothing recorded. In the folder of a format every reader takes them for a part of the set, so
/// there they are wrong; elsewhere they may be the user's.
/// </summary>
/// <param name="store">Holds the set.</param>
/// <param name="run">Its run record.</param>
internal sealed class UnknownFiles(IDataStore store, RunRecord run)
{
    private const int Named = 3;

    /// <summary>Lists what lies there.</summary>
    /// <param name="breaches">Receives files in folders of formats.</param>
    /// <param name="notes">Receives the others, in one sentence.</param>
    /// <param name="cancellationToken">Stops listing.</param>
    public async Task CheckAsync(BreachList breaches, List<string> notes, CancellationToken cancellationToken)
    {
        var known = await KnownAsync(cancellationToken);
        var (others, count) = (new List<string>(), 0);
        await foreach (var item in store.ListAsync("", cancellationToken))
        {
            if (known.Contains(item.Name) || item.Name.Split('/').Any(part => part.StartsWith('.')))
                continue; // Names with a dot in front are the systems', and readers leave them out.
            if (SetFormats.All.Skip(1).Any(format => item.Name.StartsWith(SetFormats.Prefix(format), StringComparison.Ordinal)))
                breaches.Add($"{item.Name} is not of this set, but readers of its folder take it for a part.");
            else if (++count <= Named)
                others.Add(item.Name);
        }

        if (count > 0)
            notes.Add($"Beside the set {(count == 1 ? "lies a file that is" : $"lie {count} files that are")} not of it: {string.Join(", ", others)}{(count > Named ? " and others" : "")}.");
    }

    private async Task<HashSet<string>> KnownAsync(CancellationToken cancellationToken)
    {
        var known = run.Files.Select(file => file.Name).Append(ResultFiles.Run).ToHashSet(StringComparer.Ordinal);
        foreach (var list in run.Files.Where(file => file.Name.EndsWith(ChecksumList.FileName, StringComparison.Ordinal)))
        {
            if (await store.FindAsync(list.Name, cancellationToken) is null)
                continue; // said already
            await foreach (var (name, _) in ChecksumList.ReadAsync(store, list.Name, cancellationToken))
                known.Add(name);
        }

        return known;
    }
}
