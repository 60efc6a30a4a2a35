using DataCentric.Imaging.Formats;
using DataCentric.Pipeline.DataSets;

namespace DataCentric.Pipeline.Results;

/// <summary>What a verification came to.</summary>
/// <param name="Report">What is wrong.</param>
/// <param name="AgainstSource">Whether pixels were compared with those of the source.</param>
/// <param name="Notes">What could not be checked, and what else lies there; a sentence each.</param>
public sealed record SetVerdict(VerificationReport Report, bool AgainstSource, IReadOnlyList<string> Notes);

/// <summary>Checks a published set: its record by itself, its files by the record, its samples by manifest, request and source.</summary>
/// <param name="store">Holds the set.</param>
/// <param name="run">Its run record.</param>
/// <param name="seal">What the record's seal says.</param>
/// <param name="observer">Watches samples.</param>
internal sealed class SetVerification(IDataStore store, RunRecord run, RunSeal seal, IActivityObserver observer)
{
    private readonly BreachList _breaches = new();
    private readonly List<string> _notes = [];

    /// <summary>Reads everything once.</summary>
    /// <param name="dataset">The source; null tries the place that the run recorded.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InputException">The source that was named is not the one the set was made from.</exception>
    public async Task<SetVerdict> RunAsync(string? dataset, CancellationToken cancellationToken)
    {
        using var source = await VerificationSource.FindAsync(dataset, run, _notes, cancellationToken);
        new RecordChecks(run, seal, _breaches, _notes).Check(source?.Info);
        var samples = await CheckSamplesAsync(Fits(source?.Info) ? source : null, cancellationToken);
        await new UnknownFiles(store, run).CheckAsync(_breaches, _notes, cancellationToken);
        return new SetVerdict(_breaches.Report(samples), source is not null, _notes);
    }

    /// <summary>Whether images and labels can be compared at all; where not, the record was told to be wrong.</summary>
    private bool Fits(ImageSetInfo? source) => source is not null && source.Shape == run.Input.Shape
        && source.Classes.Count == run.Input.ClassCount && source.HasSoftLabels == run.Input.HasSoftLabels;

    private async Task<int> CheckSamplesAsync(VerificationSource? source, CancellationToken cancellationToken)
    {
        var found = new BreachList();
        var verifier = new ResultVerifier(store, run.Input, run.Request, observer) { MakesAgain = true };
        var samples = await verifier.VerifyAsync(run.Files, source is null ? null : source.ReadAsync, found, cancellationToken);
        if (found.IsEmpty) // What the manifest adds up to says something only where its lines are those of the set.
            await new ManifestRecount(store, run).CheckAsync(found, cancellationToken);
        found.MoveTo(_breaches);
        return samples;
    }
}
