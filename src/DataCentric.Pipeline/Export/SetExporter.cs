using System.Collections.Concurrent;
using DataCentric.Imaging.Formats;
using DataCentric.Imaging.Formats.Writing;
using DataCentric.Imaging.Pictures;
using DataCentric.Pipeline.DataSets;

namespace DataCentric.Pipeline.Export;

/// <summary>What the writers of all formats share: the samples to write, where to write them, and who watches.</summary>
internal sealed class SetExporter
{
    private readonly IDataStore _store;
    private readonly EnhancedReader _reader;
    private readonly IActivityObserver _observer;
    private readonly ConcurrentBag<string> _written = [];
    private int _done;

    private SetExporter(string format, RunRecord run, IDataStore store, EnhancedReader reader, IActivityObserver observer)
    {
        (Format, _store, _reader, _observer) = (format, store, reader, observer);
        (Layout, InputFormat) = (run.Request.Folder, run.InputFormat);
        Info = new ImageSetInfo(format, run.Input.Count, run.Input.Shape, run.Classes, run.Output.HasSoftLabels);
    }

    /// <summary>The set that is written.</summary>
    public ImageSetInfo Info { get; }

    /// <summary>How the format folder is laid out.</summary>
    public FolderLayout Layout { get; }

    /// <summary>Format of the source.</summary>
    public string InputFormat { get; }

    private string Format { get; }

    /// <summary>Writes one format beside the npy pair; files of that format that are there already are replaced.</summary>
    /// <param name="format">A name of <see cref="SetFormats"/>, not npy.</param>
    /// <param name="run">The set's record.</param>
    /// <param name="store">Holds the set.</param>
    /// <param name="observer">Watches samples.</param>
    /// <param name="cancellationToken">Stops writing; whole files stay. Where writing fails, none of its files stays.</param>
    /// <returns>The files with their hashes.</returns>
    /// <exception cref="InvalidDataException">The set was damaged since it was verified.</exception>
    public static async Task<IReadOnlyList<StoredFile>> WriteAsync(
        string format, RunRecord run, IDataStore store, IActivityObserver observer, CancellationToken cancellationToken)
    {
        await using var reader = await EnhancedReader.OpenAsync(store, run.Output, cancellationToken);
        var exporter = new SetExporter(format, run, store, reader, observer);
        try
        {
            return await exporter.WriteAllAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            await exporter.RemoveAsync(cancellationToken);
            throw;
        }
    }

    /// <summary>The next samples, in batches.</summary>
    public async IAsyncEnumerable<EnhancedBatch> ReadAsync(
        int count, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in _reader.ReadAsync(count, cancellationToken))
        {
            yield return batch;
            _observer.Report(new ActivityProgress(Format, _done += batch.Images.Count, Info.Count, "images"));
        }
    }

    /// <summary>The next samples with their PNG files.</summary>
    public IAsyncEnumerable<(EnhancedBatch Batch, byte[][] Png)> ReadPngAsync(int count, PngPacking packing, CancellationToken cancellationToken) =>
        ReadEncodedAsync(count, batch => PngBatch.Encode(batch.Images, packing), cancellationToken);

    /// <summary>The next samples with their files, each batch encoded while the one before is written.</summary>
    public async IAsyncEnumerable<(EnhancedBatch Batch, T[] Files)> ReadEncodedAsync<T>(
        int count, Func<EnhancedBatch, T[]> encode, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Task<(EnhancedBatch, T[])>? waiting = null;
        await foreach (var batch in ReadAsync(count, cancellationToken))
        {
            var encoding = Task.Run(() => (batch, encode(batch)), cancellationToken);
            if (waiting is not null)
                yield return await waiting;
            waiting = encoding;
        }

        if (waiting is not null)
            yield return await waiting;
    }

    /// <summary>Writes a file of the format, whole or not at all.</summary>
    /// <param name="name">Name below the format's folder.</param>
    /// <param name="write">Writes it.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    public Task<StoredFile> WriteAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
        WriteNotedAsync(SetFormats.Prefix(Format) + name, write, cancellationToken);

    private Task<StoredFile> WriteNotedAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        _written.Add(name);
        return _store.WriteHashedAsync(name, write, cancellationToken);
    }

    private Task<IReadOnlyList<StoredFile>> WriteAllAsync(CancellationToken cancellationToken) => Format switch
    {
        SetFormats.Cifar => CifarExport.WriteAsync(this, cancellationToken),
        SetFormats.Folder => FolderExport.WriteAsync(this, cancellationToken),
        SetFormats.Parquet => ParquetExport.WriteAsync(this, cancellationToken),
        SetFormats.WebDataset => WebDatasetExport.WriteAsync(this, cancellationToken),
        _ => throw new InvalidOperationException($"There is no export '{Format}'."),
    };

    /// <summary>A part of a set would be read as a whole one. Where the storage fails, what caused the failure is what the user is to hear of.</summary>
    private async Task RemoveAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var name in _written.Where(ItemName.IsValid))
                await _store.DeleteAsync(name, cancellationToken);
        }
        catch (StoreException)
        {
        }
    }
}

/// <summary>Cuts a set into files of nearly equal size, by its pixels: how well they compress must not change the names.</summary>
internal static class ShardedExport
{
    /// <summary>Number of samples in each file.</summary>
    /// <param name="count">Samples in all, at least 1.</param>
    /// <param name="sampleBytes">Bytes of one sample's pixels.</param>
    /// <param name="fileBytes">Most bytes of pixels in a file, unless one sample has more.</param>
    public static IReadOnlyList<int> Cut(int count, int sampleBytes, long fileBytes)
    {
        var most = Math.Max(1, fileBytes / sampleBytes);
        var files = (int)((count + most - 1) / most);
        return [.. Enumerable.Range(0, files).Select(file => (int)(((long)(file + 1) * count / files) - ((long)file * count / files)))];
    }
}
