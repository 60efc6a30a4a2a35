using DataCentric.Images;
using DataCentric.Imaging.Formats;

namespace DataCentric.Cli.Composition;

/// <summary>The images that a network is trained on: in memory where they are a small part of it, else in a temporary file, which training reads them from.</summary>
internal sealed class TrainingSet : IDisposable
{
    private const int BytesAtOnce = 4 << 20;
    private const int ShareOfMemory = 8;
    private const long MostInMemory = 256 << 20;

    private readonly ScratchFolder? _scratch;

    private TrainingSet(ILabelledImages images, ScratchFolder? scratch) => (Images, _scratch) = (images, scratch);

    /// <summary>The images.</summary>
    public ILabelledImages Images { get; }

    /// <summary>Reads them.</summary>
    /// <param name="reader">A reader at its beginning.</param>
    /// <param name="chosen">Numbers of the records, ascending.</param>
    /// <param name="folder">Where a temporary file may lie.</param>
    /// <exception cref="InputException">Their label probabilities do not fit into memory at once (2 GiB).</exception>
    public static TrainingSet Read(IImageReader reader, int[] chosen, string folder)
    {
        var info = reader.Info;
        var memory = Math.Min(MostInMemory, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / ShareOfMemory);
        if ((long)chosen.Length * info.Shape.ByteLength <= memory)
            return new(reader.ReadSelected(chosen, "Take so many by --limit."), null);
        if (ImageSet.MostLabels(info.HasSoftLabels ? info.Classes.Count : 0) is var most && chosen.Length > most)
            throw new InputException($"The label probabilities of {chosen.Length} images do not fit into memory at once (2 GiB), those of {most} do. Take so many by --limit.");
        var scratch = ScratchFolder.Create(folder);
        try
        {
            return new(Copy(reader, chosen, Path.Combine(scratch.Path, "pixels.bin")), scratch);
        }
        catch
        {
            scratch.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        (Images as IDisposable)?.Dispose();
        _scratch?.Dispose();
    }

    private static ImageFile Copy(IImageReader reader, int[] chosen, string path)
    {
        var (shape, classes) = (reader.Info.Shape, reader.Info.Classes.Count);
        var (labels, sources) = (new int[chosen.Length], new string[chosen.Length]);
        var soft = reader.Info.HasSoftLabels ? new float[chosen.Length * classes] : null;
        using (var file = File.Create(path))
        {
            var done = 0;
            foreach (var (_, images) in reader.ReadBatches(chosen, Math.Max(1, BytesAtOnce / shape.ByteLength)))
            {
                file.Write(images.Pixels);
                images.Labels.CopyTo(labels, done);
                images.SourceIds.CopyTo(sources, done);
                images.SoftLabels?.CopyTo(soft!, done * classes);
                done += images.Count;
            }
        }

        return new(path, [.. Enumerable.Range(0, chosen.Length)], shape, labels, sources, soft);
    }
}
