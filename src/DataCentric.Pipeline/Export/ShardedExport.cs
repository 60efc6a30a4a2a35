namespace DataCentric.Pipeline.Export;

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
