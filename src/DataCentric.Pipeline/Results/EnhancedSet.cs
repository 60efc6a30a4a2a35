using System.Runtime.ExceptionServices;
using DataCentric.Pipeline.Documents.Report;
using DataCentric.Pipeline.Evaluation;
using DataCentric.Pipeline.Export;

namespace DataCentric.Pipeline.Results;

/// <summary>A published enhanced set.</summary>
/// <param name="store">Holds its files.</param>
/// <param name="run">Its run record.</param>
/// <param name="seal">What the record's seal says.</param>
public sealed class EnhancedSet(IDataStore store, RunRecord run, RunSeal seal)
{
    /// <summary>Its run record.</summary>
    public RunRecord Run { get; private set; } = run;

    /// <summary>Opens the set that a store holds.</summary>
    /// <param name="store">The store.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InputException">The store holds no finished set.</exception>
    public static async Task<EnhancedSet> OpenAsync(IDataStore store, CancellationToken cancellationToken)
    {
        var (run, seal) = await RunFile.ReadAsync(store, cancellationToken);
        return new EnhancedSet(store, run, seal);
    }

    /// <summary>Writes further formats, the format folder as the set's record has it; see the other overload.</summary>
    /// <param name="formats">Names of <see cref="SetFormats"/>.</param>
    /// <param name="observer">Watches samples.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    public Task AddFormatsAsync(IReadOnlyList<string> formats, IActivityObserver observer, CancellationToken cancellationToken) =>
        AddFormatsAsync(formats, default, observer, cancellationToken);

    /// <summary>
    /// Writes further formats from the npy pair and the manifest, and then documents and run record with their files. What is there already
    /// and whole is left alone; a stop between two formats loses neither. A format that fails leaves nothing behind and the others are written.
    /// </summary>
    /// <param name="formats">Names of <see cref="SetFormats"/>.</param>
    /// <param name="folder">Names and encoding of the files of the format folder; what is not stated stays as the set's record has it.</param>
    /// <param name="observer">Watches samples.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    /// <exception cref="InputException">There is no such format, it cannot hold this set, or its folder holds something else.</exception>
    /// <exception cref="InvalidDataException">The set was damaged since it was verified.</exception>
    public async Task AddFormatsAsync(IReadOnlyList<string> formats, FolderLayout folder, IActivityObserver observer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(formats);
        RequireWholeRecord();
        if (SetFormats.Problems(formats).Concat(folder.Problems(formats)).FirstOrDefault() is { } problem)
            throw new InputException(problem);
        folder = folder.Over(Run.Request.Folder);
        SetFormats.Check(formats, folder, Run.Output, Run.InputFormat);
        if (formats.Contains(SetFormats.Folder))
            await LayOutAsync(folder, cancellationToken);
        ExceptionDispatchInfo? failed = null;
        foreach (var format in formats.Where(format => format != SetFormats.Npy).Distinct())
        {
            try
            {
                await AddFormatAsync(format, observer, cancellationToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                failed ??= ExceptionDispatchInfo.Capture(failure);
            }
        }

        failed?.Throw();
    }

    /// <summary>Takes over how the format folder is to be laid out; files of another layout are not written over.</summary>
    private async Task LayOutAsync(FolderLayout folder, CancellationToken cancellationToken)
    {
        var prefix = SetFormats.Prefix(SetFormats.Folder);
        if (!folder.IsLike(Run.Request.Folder) && SetFormats.In(Run).Contains(SetFormats.Folder) && await store.ListAsync(prefix, cancellationToken).AnyAsync(cancellationToken))
            throw new InputException($"{prefix} of {store.Location} has {Run.Request.Folder}, not {folder}. Move it away to have it written so.");
        var formats = Run.Request.Formats ?? [];
        if (folder != default && !formats.Contains(SetFormats.Folder)) // A request that says how the folder is written asks for it.
            formats = [.. formats, SetFormats.Folder];
        Run = Run with { Request = Run.Request with { Folder = folder, Formats = formats.Count == 0 ? Run.Request.Formats : formats } };
    }

    private async Task AddFormatAsync(string format, IActivityObserver observer, CancellationToken cancellationToken)
    {
        var there = Run.Files.Where(IsOfFormat).ToArray();
        if (there.Length > 0 && await store.AreWholeAsync(there, cancellationToken))
            return;
        var claim = ResultClaim.OfFormat(store, format, Run.Request.RunId);
        await claim.CheckAsync(store, cancellationToken);
        var written = await SetExporter.WriteAsync(format, Run, store, observer, cancellationToken);
        Run = Run with { Files = [.. Run.Files.Where(file => !IsOfFormat(file)), .. written] };
        await DescribeAsync(cancellationToken);
        await claim.ForgetAsync(store, cancellationToken);

        bool IsOfFormat(StoredFile file) => file.Name.StartsWith(SetFormats.Prefix(format), StringComparison.Ordinal);
    }

    /// <summary>Takes over name, licence and version that a request states; writes documents and run record where that changes them, or a document is missing.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    public async Task RestateAsync(EnhancementRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        RequireWholeRecord();
        var restated = Run with
        {
            License = DataLicense.Stated(request.License) ?? Run.License,
            DataVersion = request.DataVersion ?? Run.DataVersion,
        };
        var isSame = restated.License == Run.License && restated.DataVersion == Run.DataVersion && (request.Name ?? Run.Request.Name) == Run.Request.Name;
        if (isSame && await HasDocumentsAsync(cancellationToken))
            return;
        Run = restated with
        {
            Request = Run.Request with
            {
                Name = request.Name ?? Run.Request.Name,
                License = request.License ?? Run.Request.License,
                DataVersion = request.DataVersion ?? Run.Request.DataVersion,
            },
        };
        await DescribeAsync(cancellationToken);
    }

    /// <summary>Takes over how networks did that were trained on this set; the report shows it when it is written next.</summary>
    /// <param name="score">Content of a <c>score.json</c>.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    /// <exception cref="InputException">It is not a score, or somebody else's lies in its place.</exception>
    public async Task AddScoreAsync(byte[] score, CancellationToken cancellationToken)
    {
        RequireWholeRecord();
        if (ScoreTable.Read(score) is null)
            throw new InputException($"This is not a {ResultFiles.Score} with rows of a table.");
        if (Run.Files.All(known => known.Name != ResultFiles.Score) && await store.HashAsync(ResultFiles.Score, cancellationToken) is { } other
            && other != Convert.ToHexStringLower(SHA256.HashData(score)))
            throw new InputException($"{store.Location} holds another '{ResultFiles.Score}', which its run record does not name. Move it away.");
        var file = await store.WriteHashedAsync(ResultFiles.Score, score, cancellationToken);
        Run = Run with { Score = null, Files = [.. Run.Files.Where(old => old.Name is not (ResultFiles.Score or ResultFiles.ScorePicture)), file] };
    }

    /// <summary>Writes the score of this set with its picture, and then documents and run record.</summary>
    /// <param name="score">The score: raw set and this one.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="tries">Tries that failed on the way.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    internal async Task AddScoreAsync(ScoreRecord score, ScoringRequest request, IReadOnlyList<FailedTry> tries, CancellationToken cancellationToken)
    {
        await AddScoreAsync(JsonSerializer.SerializeToUtf8Bytes(score, PipelineJson.Indented), cancellationToken);
        var chart = ScoreChart.Draw(score);
        var picture = await store.WriteHashedAsync(ResultFiles.ScorePicture, chart, cancellationToken);
        Run = Run with
        {
            Request = Run.Request with { Score = request },
            Score = score.ToSummary(),
            Files = [.. Run.Files, picture],
            FailedTries = [.. Run.FailedTries, .. tries],
        };
        await DescribeAsync(cancellationToken);
    }

    /// <summary>Writes the documents again, and then the run record with their hashes.</summary>
    /// <param name="cancellationToken">Stops writing.</param>
    public async Task DescribeAsync(CancellationToken cancellationToken)
    {
        RequireWholeRecord();
        Run = await ResultDocuments.WriteAsync(store, Run, cancellationToken);
        await RunFile.WriteAsync(store, Run, cancellationToken);
    }

    private async Task<bool> HasDocumentsAsync(CancellationToken cancellationToken)
    {
        foreach (var document in ResultFiles.Documents)
        {
            if (await store.FindAsync(document, cancellationToken) is null)
                return false;
        }

        return true;
    }

    /// <summary>Reads everything again and checks it.</summary>
    /// <param name="dataset">The source, for what needs clean images; null tries the place that the run recorded and does without if it is not at hand.</param>
    /// <param name="observer">Watches samples.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InputException">The source that was named is not the one the set was made from.</exception>
    public Task<SetVerdict> VerifyAsync(string? dataset, IActivityObserver observer, CancellationToken cancellationToken) =>
        new SetVerification(store, Run, seal, observer).RunAsync(dataset, cancellationToken);

    private void RequireWholeRecord()
    {
        if (seal == RunSeal.Broken)
        {
            throw new InputException($"{store.Location}: {ResultFiles.Run} was changed after it was written (its seal does not fit), so nothing is made from it. "
                + "Run verify to see what else differs; the command that made the set makes it again.");
        }

        if (RunRecordCheck.Unlisted(Run).FirstOrDefault() is { } file)
            throw new InputException($"{store.Location}: {ResultFiles.Run} does not list {file}, so nothing is made from it. The command that made the set makes it again.");
    }
}
