using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace DataCentric.Images;

/// <summary>
/// Labelled images in a file of this machine, which holds pixels alone, one image after the other. They are read when they are asked for, so that a
/// set may be larger than memory; what the system keeps of the file it can give up at any time.
/// </summary>
public sealed class ImageFile : ILabelledImages, IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly Action? _onDispose;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file: images of H x W x 3 bytes, row-major, RGB interleaved.</param>
    /// <param name="records">For each image of this set its number in the file, 0-based.</param>
    /// <param name="shape">Shape of every image.</param>
    /// <param name="labels">N class indexes, 0-based.</param>
    /// <param name="sourceIds">N names that lead back to the source records.</param>
    /// <param name="softLabels">N x K class probabilities, row-major, or null when labels are plain indexes.</param>
    /// <param name="onDispose">Called when this is disposed, after the file is closed.</param>
    /// <exception cref="ArgumentException">The arrays do not agree in length.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public ImageFile(
        string path, int[] records, ImageShape shape, int[] labels, string[] sourceIds, float[]? softLabels = null, Action? onDispose = null)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(sourceIds);
        if (records.Length != labels.Length || sourceIds.Length != labels.Length)
            throw new ArgumentException($"{records.Length} records and {sourceIds.Length} source ids for {labels.Length} labels.", nameof(records));
        (Path, Records, Shape, Labels, SourceIds, SoftLabels, _onDispose) = (path, records, shape, labels, sourceIds, softLabels, onDispose);
        _file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>For each image its number in the file.</summary>
    public int[] Records { get; }

    /// <inheritdoc/>
    public ImageShape Shape { get; }

    /// <inheritdoc/>
    public int Count => Labels.Length;

    /// <inheritdoc/>
    public int[] Labels { get; }

    /// <inheritdoc/>
    public string[] SourceIds { get; }

    /// <inheritdoc/>
    public float[]? SoftLabels { get; }

    /// <inheritdoc/>
    public void Read(int index, Span<byte> image)
    {
        var offset = (long)Records[index] * Shape.ByteLength;
        for (var done = 0; done < Shape.ByteLength;)
        {
            var read = RandomAccess.Read(_file, image[done..Shape.ByteLength], offset + done);
            if (read == 0)
                throw new EndOfStreamException(string.Create(CultureInfo.InvariantCulture, $"{Path} ends before image {Records[index]} does."));
            done += read;
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        if (_file.IsClosed)
            return;
        _file.Dispose();
        _onDispose?.Invoke();
    }
}
