using System.IO.Compression;
using DataCentric.Imaging.Pictures;
using Parquet;

namespace DataCentric.Imaging.Formats.Writing;

/// <summary>
/// Writes a set as Parquet in the columns that the Hugging Face tools make of images: <c>image</c> as struct {bytes, path} with PNG
/// bytes, <c>label</c> as int64, <c>probabilities</c> where labels are soft, then a column for each member of
/// <see cref="SampleProvenance"/>. The file's metadata say what the columns are, under the key <c>huggingface</c>.
/// </summary>
/// <remarks>
/// Columns are compressed by Zstandard at level 1, so that the PNG files in them need not be (<see cref="Packing"/>). Memory holds one row
/// group: at most 16 MB of pixels and probabilities, and never more than one image of that size; viewers of the hub take some hundred.
/// </remarks>
public sealed class ParquetImageWriter : IAsyncDisposable
{
    /// <summary>How the images are best packed for it.</summary>
    public const PngPacking Packing = PngPacking.Stored;

    private const int RowGroupBytes = 16 << 20;
    private const int RowGroupRows = 10_000;

    private readonly ParquetWriter _writer;
    private readonly ParquetColumns _columns;
    private readonly int _rowsAtOnce;
    private ParquetRows _rows;

    private ParquetImageWriter(ParquetWriter writer, ParquetColumns columns, ImageSetInfo info)
    {
        (_writer, _columns) = (writer, columns);
        _rowsAtOnce = RowsAtOnce(info);
        _rows = new ParquetRows(_rowsAtOnce);
    }

    /// <summary>Number of rows in a row group.</summary>
    /// <param name="info">Shape, classes and kind of labels.</param>
    internal static int RowsAtOnce(ImageSetInfo info)
    {
        var bytes = info.Shape.ByteLength + (info.HasSoftLabels ? (long)info.Classes.Count * sizeof(float) : 0);
        return (int)Math.Clamp(RowGroupBytes / bytes, 1, RowGroupRows);
    }

    /// <summary>Begins a file.</summary>
    /// <param name="stream">Receives it; stays open, need not be seekable.</param>
    /// <param name="info">Classes and kind of labels.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    public static async Task<ParquetImageWriter> CreateAsync(Stream stream, ImageSetInfo info, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(info);
        var columns = new ParquetColumns(info.HasSoftLabels);
        var counting = new ForwardStream(stream);
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.Zstd, CompressionLevel = CompressionLevel.Fastest };
        var writer = await ParquetWriter.CreateAsync(columns.Schema, counting, options, cancellationToken: cancellationToken);
        writer.CustomMetadata = new Dictionary<string, string> { ["huggingface"] = HuggingFaceFeatures.Describe(info) };
        return new ParquetImageWriter(writer, columns, info);
    }

    /// <summary>Writes the next images.</summary>
    /// <param name="images">Pixels and labels.</param>
    /// <param name="provenance">One for each.</param>
    /// <param name="png">The images as PNG files, from <see cref="PngBatch"/>.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    public async Task WriteAsync(
        Images.ImageSet images, IReadOnlyList<SampleProvenance> provenance, IReadOnlyList<byte[]> png, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(provenance);
        ArgumentNullException.ThrowIfNull(png);
        for (var i = 0; i < images.Count; i++)
        {
            _rows.Add(images, i, provenance[i], png[i]);
            if (_rows.Count == _rowsAtOnce)
                await FlushAsync(cancellationToken);
        }
    }

    /// <summary>Writes what is left and the footer.</summary>
    /// <param name="cancellationToken">Stops writing.</param>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (_rows.Count > 0)
            await FlushAsync(cancellationToken);
        await _writer.DisposeAsync();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        using var group = _writer.CreateRowGroup();
        await _columns.WriteAsync(group, _rows, cancellationToken);
        group.CompleteValidate();
        _rows = new ParquetRows(_rowsAtOnce);
    }
}
