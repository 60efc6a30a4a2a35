using System.Formats.Tar;
using System.Globalization;
using System.Text;

namespace DataCentric.Imaging.Formats.Writing;

/// <summary>
/// Writes one shard of a WebDataset: a tar archive in which a sample is three neighbouring files of one name, <c>.png</c> the image,
/// <c>.cls</c> the class index, <c>.json</c> the rest. Times and owners are fixed, so equal sets give equal bytes.
/// </summary>
/// <param name="stream">Receives the archive; stays open, need not be seekable.</param>
/// <param name="classes">Names of the classes, in label order.</param>
public sealed class WebDatasetWriter(Stream stream, IReadOnlyList<string> classes) : IAsyncDisposable
{
    private readonly TarWriter _tar = new(stream, TarEntryFormat.Ustar, leaveOpen: true);

    /// <summary>Writes the next images.</summary>
    /// <param name="images">Pixels and labels.</param>
    /// <param name="provenance">One for each.</param>
    /// <param name="png">The images as PNG files.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    public async Task WriteAsync(
        Images.ImageSet images, IReadOnlyList<SampleProvenance> provenance, IReadOnlyList<byte[]> png, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(provenance);
        ArgumentNullException.ThrowIfNull(png);
        for (var i = 0; i < images.Count; i++)
        {
            var (key, label) = (SampleNames.Key(provenance[i].Index), images.Labels[i]);
            await WriteAsync($"{key}.png", png[i], cancellationToken);
            await WriteAsync($"{key}.cls", Encoding.ASCII.GetBytes(label.ToString(CultureInfo.InvariantCulture)), cancellationToken);
            await WriteAsync($"{key}.json", SampleNote.Encode(images, i, provenance[i], classes[label], fileName: null), cancellationToken);
        }
    }

    /// <summary>Writes the end of the archive.</summary>
    public ValueTask DisposeAsync() => _tar.DisposeAsync();

    private async Task WriteAsync(string name, byte[] bytes, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(bytes, writable: false);
        var entry = new UstarTarEntry(TarEntryType.RegularFile, name)
        {
            DataStream = content,
            ModificationTime = DateTimeOffset.UnixEpoch,
            Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
        };
        await _tar.WriteEntryAsync(entry, cancellationToken);
    }
}
