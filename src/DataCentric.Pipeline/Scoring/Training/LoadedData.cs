using DataCentric.Images;
using DataCentric.Imaging.Formats;
using DataCentric.Pipeline.Planning;
using DataCentric.Pipeline.Sets;

namespace DataCentric.Pipeline.Scoring.Training;

/// <summary>A data set in memory.</summary>
/// <param name="Outline">Name, shape, classes.</param>
/// <param name="Images">Its images.</param>
/// <param name="Sha256">Hash of its files.</param>
/// <param name="Selection">Hash of its files and what a limit took of them: what a training depends on.</param>
internal sealed record LoadedData(DataOutline Outline, ImageSet Images, string Sha256, string Selection)
{
    /// <summary>Reads a data set.</summary>
    /// <param name="locator">Finds it.</param>
    /// <param name="dataset">Its name in the request.</param>
    /// <param name="seed">Draws what a limit takes.</param>
    /// <param name="limit">Take only so many; null takes all.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<LoadedData> ReadAsync(IDatasetLocator locator, string dataset, ulong seed, int? limit, CancellationToken cancellationToken)
    {
        using var located = await locator.LocateAsync(dataset, cancellationToken);
        using var reader = ImageSource.Open(located.Path);
        var images = reader.ReadSelected(Planner.Select(seed, reader.Info.Count, limit));
        var sha256 = await DatasetHash.ComputeAsync(located.Path, cancellationToken);
        return new(new(NamedDatasetLocator.ShownName(dataset), reader.Info.Shape, reader.Info.Classes), images, sha256, SelectionOf(sha256, seed, limit));
    }

    /// <summary>See <see cref="Selection"/>.</summary>
    /// <param name="sha256">Hash of the files.</param>
    /// <param name="seed">Draws what a limit takes.</param>
    /// <param name="limit">How many are taken; null for all.</param>
    public static string SelectionOf(string sha256, ulong seed, int? limit) => limit is null ? sha256 : $"{sha256}/{seed}/{limit}";
}
