using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Activities;

/// <summary>Clears what only an unfinished run needs: canonical input and shards. Plan and models stay.</summary>
internal static class RunCleaner
{
    public static async Task ClearAsync(IDataStore work, RunLayout layout, CancellationToken cancellationToken)
    {
        string[] folders = [layout.ShardFolder, layout.InputFolder];
        foreach (var folder in folders)
        {
            var names = new List<string>();
            await foreach (var item in work.ListAsync(folder, cancellationToken))
                names.Add(item.Name);
            foreach (var name in names)
                await work.DeleteAsync(name, cancellationToken);
        }
    }
}
