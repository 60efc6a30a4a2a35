using DataCentric.Imaging.Formats;
using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Documents.Report;
using DataCentric.Pipeline.Evaluation;
using DataCentric.Pipeline.Export;

namespace DataCentric.Pipeline.Results;

/// <summary>A published enhanced set.</summary>
/// <param name="store">Holds its files.</param>
/// <param name="run">Its run record.</param>
public sealed class EnhancedSet(IDataStore store, RunRecord run)
{
    /// <summary>Its run record.</summary>
    public RunRecord Run { get; private set; } = run;

    /// <summary>Opens the set that a store holds.</summary>
    /// <param name="store">The store.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InputException">The store holds no finished set.</exception>
    public static async Task<EnhancedSet> OpenAsync(IDataStore store, CancellationToken cancellationToken) =>
        new(store, await RunRecordFile.ReadAsync(store, cancellationToken));

    /// <summary>
    /// Writes further formats from the npy pair and the manifest, and then documents and run record with their files. What is there already
    /// and whole is left alone; a stop between two formats loses neither.
    /// </summary>
    /// <param name="formats">Names of <see cref="SetFormats"/>.</param>
    /// <param name="observer">Watches samples.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    /// <exception cref="InputException">There is no such format, or it cannot hold this set.</exception>
    /// <exception cref="InvalidDataException">The set was damaged since it was verified.</exception>
    public async Task AddFormatsAsync(IReadOnlyList<string> formats, IActivityObserver observer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(formats);
        if (SetFormats.Problems(formats) is [var problem, ..])
            throw new InputException(problem);
        SetFormats.Check(formats, Run.Input);
        foreach (var format in formats.Where(format => format != SetFormats.Npy).Distinct())
        {
            var there = Run.Files.Where(IsOfFormat).ToArray();
            if (there.Length > 0 && await store.AreWholeAsync(there, cancellationToken))
                continue;
            var written = await SetExporter.WriteAsync(format, Run, store, observer, cancellationToken);
            Run = Run with { Files = [.. Run.Files.Where(file => !IsOfFormat(file)), .. written] };
            await DescribeAsync(cancellationToken);

            bool IsOfFormat(StoredFile file) => file.Name.StartsWith(SetFormats.Prefix(format), StringComparison.Ordinal);
        }
    }

    /// <summary>Takes over licence and version that a request states; writes documents and run record where that changes them, or a document is missing.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    public async Task RestateAsync(EnhancementRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var restated = Run with
        {
            License = DataLicense.Stated(request.License) ?? Run.License,
            DataVersion = request.DataVersion ?? Run.DataVersion,
        };
        var isSame = restated.License == Run.License && restated.DataVersion == Run.DataVersion;
        if (isSame && await HasDocumentsAsync(cancellationToken))
            return;
        Run = restated with { Request = Run.Request with { License = request.License ?? Run.Request.License, DataVersion = request.DataVersion ?? Run.Request.DataVersion } };
        await DescribeAsync(cancellationToken);
    }

    /// <summary>Takes over how networks did that were trained on this set; the report shows it when it is written next.</summary>
    /// <param name="score">Content of a <c>score.json</c>.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    /// <exception cref="InputException">It is not a score.</exception>
    public async Task AddScoreAsync(byte[] score, CancellationToken cancellationToken)
    {
        if (ScoreTable.Read(score) is null)
            throw new InputException($"This is not a {ResultFiles.Score} with rows of a table.");
        var file = await store.WriteHashedAsync(ResultFiles.Score, score, cancellationToken);
        Run = Run with { Score = null, Files = [.. Run.Files.Where(other => other.Name is not (ResultFiles.Score or ResultFiles.ScorePicture)), file] };
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
        Run = await ResultDocuments.WriteAsync(store, Run, cancellationToken);
        await store.WriteJsonAsync(ResultFiles.Run, Run, PipelineJson.Indented, cancellationToken);
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
    /// <param name="dataset">The source, for what needs clean images; null tries the place that the run recorded and does without if it is gone.</param>
    /// <param name="observer">Watches samples.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>What was found, and whether clean images were compared.</returns>
    /// <exception cref="InputException">The source that was named is not the one the set was made from.</exception>
    public async Task<(VerificationReport Report, bool AgainstSource)> VerifyAsync(
        string? dataset, IActivityObserver observer, CancellationToken cancellationToken)
    {
        var source = await FindSourceAsync(dataset, cancellationToken);
        using var reader = source is null ? null : ImageSource.Open(source);
        var verifier = new ResultVerifier(store, Run.Input, PerturbationBudget.Of(Run.Request.Attack), observer);
        var report = await verifier.VerifyAsync(Run.Files, reader is null ? null : new SourceReader(reader).ReadAsync, cancellationToken);
        return (report, reader is not null);
    }

    private async Task<string?> FindSourceAsync(string? dataset, CancellationToken cancellationToken)
    {
        var path = dataset ?? Run.Request.Dataset;
        if (dataset is null && !File.Exists(path) && !Directory.Exists(path))
            return null;
        if (await DatasetHash.ComputeAsync(path, cancellationToken) == Run.Input.InputHash)
            return path;
        return dataset is null ? null : throw new InputException($"{dataset} is not the data set that this one was made from: its SHA-256 differs.");
    }

    /// <summary>Reads records of the source by ascending number.</summary>
    private sealed class SourceReader(IImageReader reader)
    {
        private ulong _next;

        public Task<ImageSet> ReadAsync(int first, IReadOnlyList<ulong> keys, CancellationToken cancellationToken)
        {
            var shape = reader.Info.Shape;
            var pixels = new byte[keys.Count * shape.ByteLength];
            var (labels, sources) = (new int[keys.Count], new string[keys.Count]);
            for (var i = 0; i < keys.Count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (keys[i] < _next || keys[i] >= (ulong)reader.Info.Count)
                    throw new InputException($"{ResultFiles.Manifest}: sample {first + i} claims source record {keys[i]}, which is out of order or not there.");
                reader.Skip((int)(keys[i] - _next));
                var image = reader.Read(1);
                _next = keys[i] + 1;
                image.Pixels.CopyTo(pixels, i * shape.ByteLength);
                (labels[i], sources[i]) = (image.Labels[0], image.SourceIds[0]);
            }

            return Task.FromResult(new ImageSet(shape, pixels, labels, sources));
        }
    }
}
