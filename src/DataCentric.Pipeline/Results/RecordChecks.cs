using DataCentric.Imaging.Formats;
using DataCentric.Pipeline.DataSets;

namespace DataCentric.Pipeline.Results;

/// <summary>What a run record can be checked for by itself, and by what the source says of itself.</summary>
/// <param name="run">The record.</param>
/// <param name="seal">What its seal says.</param>
/// <param name="breaches">Receives what is wrong.</param>
/// <param name="notes">Receives what could not be checked.</param>
internal sealed class RecordChecks(RunRecord run, RunSeal seal, BreachList breaches, List<string> notes)
{
    private const string Record = ResultFiles.Run;

    /// <summary>Checks the record.</summary>
    /// <param name="source">What the source says of itself; null where it is not at hand.</param>
    public void Check(ImageSetInfo? source)
    {
        CheckSeal();
        CheckId();
        CheckFiles();
        if (run.Input.Count != Math.Min(run.Request.Limit ?? run.Available, run.Available))
            breaches.Add($"{Record}: {run.Input.Count} samples are not what the limit takes of {run.Available}.");
        if (source is not null)
            CheckAgainst(source);
    }

    private void CheckSeal()
    {
        if (seal == RunSeal.Broken)
            breaches.Add($"{Record} was changed after it was written: its seal does not fit.");
        if (seal == RunSeal.None)
        {
            notes.Add($"{Record} has no seal; version 0.2.0 and earlier wrote none. What neither the id of the run nor the samples tell "
                + "(such as names of classes, licence, timings) is taken on trust.");
        }
    }

    /// <summary>The command line makes the id of request and data; the cloud, of the name and version of an upload, which are not kept.</summary>
    private void CheckId()
    {
        var id = run.Request.RunId;
        if (id == RequestIdentity.RunIdFor(run.Request, run.Input.InputHash))
            return;
        var isOfCommandLine = DataStores.IsRemote(run.Request.Dataset) || Path.IsPathRooted(run.Request.Dataset) || run.Request.Dataset.Contains('\\', StringComparison.Ordinal);
        if (isOfCommandLine && RequestIdentity.IsRunId(id))
            breaches.Add($"{Record}: the run's id {id} is not that of its request and of the SHA-256 of its source; one of them was changed.");
        else
            notes.Add($"The run's id {id} was not made of its request and its source, as in the cloud, so it does not vouch for them.");
    }

    private void CheckFiles()
    {
        string[] needed =
        [
            .. RunRecordCheck.Essential,
            .. run.Statistics is null ? [] : ResultFiles.Documents.Append(ResultFiles.ContactSheet).Append(ResultFiles.Examples),
            .. ClassNames.TryLines(run.Classes) is null || run.Statistics is null ? [] : (string[])[ResultFiles.Classes],
            .. run.Score is { Problem: null } ? (string[])[ResultFiles.Score, ResultFiles.ScorePicture] : [],
        ];
        foreach (var name in needed.Except(run.Files.Select(file => file.Name)))
            breaches.Add($"{Record} does not list {name}, which every such set has.");
        foreach (var name in run.Files.GroupBy(file => file.Name).Where(files => files.Count() > 1))
            breaches.Add($"{Record} lists {name.Key} more than once.");
        if (ClassNames.TryLines(run.Classes) is { } text && run.Files.FirstOrDefault(file => file.Name == ResultFiles.Classes) is { } classes
            && classes.Sha256 != Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))))
            breaches.Add($"{Record}: its names of the classes are not those of {ResultFiles.Classes}.");
    }

    private void CheckAgainst(ImageSetInfo source)
    {
        if (!source.Classes.SequenceEqual(run.Classes))
            breaches.Add($"{Record}: its names of the classes are not those of the source.");
        if (source.Count != run.Available || source.Shape != run.Input.Shape || source.HasSoftLabels != run.Input.HasSoftLabels)
            breaches.Add($"{Record}: number, size or labels of the source's images are not those of the source.");
        if (source.Format != run.InputFormat)
            breaches.Add($"{Record}: the source's format is {source.Format}, not {run.InputFormat}.");
    }
}
