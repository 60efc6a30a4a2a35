using DataCentric.Imaging.Formats;
using DataCentric.Pipeline.DataSets;

namespace DataCentric.Pipeline.Results;

/// <summary>The source of a set, read by ascending number of its records.</summary>
internal sealed class VerificationSource : IDisposable
{
    private readonly IImageReader _reader;
    private ulong _next;

    private VerificationSource(IImageReader reader) => _reader = reader;

    /// <summary>What the source says of itself.</summary>
    public ImageSetInfo Info => _reader.Info;

    /// <summary>Opens the source.</summary>
    /// <param name="dataset">Where it lies; null tries the place that the run recorded, and a source that is not there is no error then.</param>
    /// <param name="run">The record.</param>
    /// <param name="notes">Receives why the recorded place is of no use: it may be an empty mount, a pipe, or other data by now.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InputException">The source that was named is not the one the set was made from.</exception>
    public static async Task<VerificationSource?> FindAsync(string? dataset, RunRecord run, List<string> notes, CancellationToken cancellationToken)
    {
        var path = dataset ?? run.Request.Dataset;
        if (dataset is null && !File.Exists(path) && !Directory.Exists(path))
            return null;
        try
        {
            return await DatasetHash.ComputeAsync(path, run.Request.Reading, cancellationToken) == run.Input.InputHash
                ? new VerificationSource(ImageSource.Open(path, run.Request.Reading))
                : throw new InputException($"{path} is not the data set that this one was made from: its SHA-256 differs.");
        }
        catch (Exception exception) when (dataset is null && exception is InputException or IOException or UnauthorizedAccessException)
        {
            notes.Add($"The source is not where it was: {exception.Message.Split('\n')[0]}");
            return null;
        }
    }

    /// <summary>As <see cref="CleanReader"/>.</summary>
    public Task<ImageSet> ReadAsync(int first, IReadOnlyList<ulong> keys, CancellationToken cancellationToken)
    {
        var (shape, classes) = (Info.Shape, Info.Classes.Count);
        var pixels = new byte[keys.Count * shape.ByteLength];
        var (labels, sources) = (new int[keys.Count], new string[keys.Count]);
        var soft = Info.HasSoftLabels ? new float[keys.Count * classes] : null;
        for (var i = 0; i < keys.Count;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var neighbours = 1; // read together, so that pictures are decoded by several threads
            while (i + neighbours < keys.Count && keys[i + neighbours] == keys[i] + (ulong)neighbours && keys[i + neighbours] < (ulong)Info.Count)
                neighbours++;
            if (keys[i] < _next || keys[i] >= (ulong)Info.Count)
                throw new InputException($"{ResultFiles.Manifest}: sample {first + i} claims source record {keys[i]}, which is out of order or not there.");
            _reader.Skip((int)(keys[i] - _next));
            var images = _reader.Read(neighbours);
            _next = keys[i] + (ulong)neighbours;
            images.Pixels.CopyTo(pixels, i * shape.ByteLength);
            images.SoftLabels?.CopyTo(soft!, i * classes);
            images.Labels.CopyTo(labels, i);
            images.SourceIds.CopyTo(sources, i);
            i += neighbours;
        }

        return Task.FromResult(new ImageSet(shape, pixels, labels, sources, soft));
    }

    public void Dispose() => _reader.Dispose();
}
