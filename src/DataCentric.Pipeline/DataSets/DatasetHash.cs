using System.Buffers.Binary;
using DataCentric.Imaging.Formats;
using DataCentric.Imaging.Reading;

namespace DataCentric.Pipeline.DataSets;

/// <summary>Hash of a data set as it lies: SHA-256 over the relative path, length and bytes of each of its files, in order.</summary>
public static class DatasetHash
{
    /// <summary>Reads every file once.</summary>
    /// <param name="path">File or folder of the data set.</param>
    /// <param name="options">Which part of it is read.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>Lower-case hex.</returns>
    /// <exception cref="InputException">There is no such data set.</exception>
    public static Task<string> ComputeAsync(string path, ReadingOptions options, CancellationToken cancellationToken) => ComputeAsync(DatasetFiles.Of(path, options), cancellationToken);

    /// <summary>Reads files that were listed already, once.</summary>
    /// <param name="files">Those of a data set, in their order.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>Lower-case hex.</returns>
    public static Task<string> ComputeAsync(IReadOnlyList<DatasetFile> files, CancellationToken cancellationToken) =>
        Task.Run(() => Compute(files, cancellationToken), cancellationToken); // asynchronous reads would take longer than the reading of small files

    private static string Compute(IReadOnlyList<DatasetFile> files, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        foreach (var file in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(file.RelativePath + "\0"));
            BinaryPrimitives.WriteInt64LittleEndian(buffer, file.Length);
            hash.AppendData(buffer.AsSpan(0, 8));
            using var stream = ExactReading.Open(file.FullPath);
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                hash.AppendData(buffer.AsSpan(0, read));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
