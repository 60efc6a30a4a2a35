using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Stages;
using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Tests.Faults;

/// <summary>Looks at the shards of an unfinished run.</summary>
internal static class Shards
{
    /// <summary>Names of the records of all valid shards: their making again would be lost work.</summary>
    public static async Task<IReadOnlySet<string>> ValidAsync(IDataStore work)
    {
        var store = new ShardStore(work, new RunLayout("run"));
        var valid = new HashSet<string>();
        await foreach (var item in work.ListAsync("runs/run/shards/", CancellationToken.None))
        {
            var record = await work.TryReadSealedAsync<ShardRecord>(item.Name, PipelineJson.Compact, CancellationToken.None);
            if (record is not null && await store.IsValidAsync(record.Shard, record.Surrogates, CancellationToken.None))
                valid.Add(item.Name);
        }

        return valid;
    }
}
