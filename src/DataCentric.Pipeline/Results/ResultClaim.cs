namespace DataCentric.Pipeline.Results;

/// <summary>What the writing of an enhanced set claims of its place.</summary>
public static class ResultClaim
{
    /// <summary>The files of a set. Where its run record lies, or <paramref name="isOwn"/> says so, they are its own.</summary>
    /// <param name="store">The place.</param>
    /// <param name="runId">The run.</param>
    /// <param name="isOwn">Another sign that the place belongs to the run.</param>
    public static OutputClaim Of(IDataStore store, string runId, Func<CancellationToken, Task<bool>> isOwn)
    {
        ArgumentNullException.ThrowIfNull(store);
        return new OutputClaim(
            "enhance",
            runId,
            [
                ResultFiles.Run, ResultFiles.Data, ResultFiles.Label, ResultFiles.Classes, ResultFiles.Manifest, ResultFiles.ContactSheet, ResultFiles.Examples,
                ResultFiles.License, .. ResultFiles.Documents, ResultFiles.Score, ResultFiles.ScorePicture,
            ])
        {
            IsOwn = async token => (await ReadAsync(token))?.Request.RunId == runId || await isOwn(token),
            Companions = async token => await FilesOfFormatsAsync(store, await ReadAsync(token), token),
        };

        async Task<RunRecord?> ReadAsync(CancellationToken token) => (await RunFile.TryReadAsync(store, token))?.Run;
    }

    /// <summary>The folder of a further format. The run record names what it holds once it is whole.</summary>
    /// <param name="store">The place.</param>
    /// <param name="format">A name of <see cref="SetFormats"/>, not npy.</param>
    /// <param name="runId">The run.</param>
    public static OutputClaim OfFormat(IDataStore store, string format, string runId)
    {
        ArgumentNullException.ThrowIfNull(store);
        return new(format, runId, [SetFormats.Prefix(format)])
        {
            IsOwn = async token => await RunFile.TryReadAsync(store, token) is { Run: var run }
                && run.Request.RunId == runId && SetFormats.In(run).Contains(format),
        };
    }

    /// <summary>The formats that the run record names, and those whose writing was begun.</summary>
    private static async Task<IReadOnlyList<string>> FilesOfFormatsAsync(IDataStore store, RunRecord? run, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        foreach (var format in SetFormats.All.Where(format => format != SetFormats.Npy))
        {
            var record = OfFormat(store, format, runId: "").RecordName;
            var isBegun = await store.FindAsync(record, cancellationToken) is not null;
            if (isBegun)
                names.Add(record);
            if (isBegun || (run is not null && SetFormats.In(run).Contains(format)))
                names.AddRange(await store.ListAsync(SetFormats.Prefix(format), cancellationToken).Select(item => item.Name).ToListAsync(cancellationToken));
        }

        return names;
    }
}
