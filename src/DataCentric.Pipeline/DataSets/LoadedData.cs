using DataCentric.Imaging.Formats;
using DataCentric.Imaging.Reading;

namespace DataCentric.Pipeline.DataSets;

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
    /// <param name="reading">How images become those of the set.</param>
    /// <param name="seed">Draws what a limit takes.</param>
    /// <param name="limit">Take only so many; null takes all.</param>
    /// <param name="wayOut">What to do where they do not fit into memory at once, a sentence.</param>
    /// <param name="observer">Told what is remarkable about it.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InputException">There is no such set, or it is too large.</exception>
    public static async Task<LoadedData> ReadAsync(
        IDatasetLocator locator, string dataset, ReadingOptions reading, ulong seed, int? limit, string wayOut, IActivityObserver observer, CancellationToken cancellationToken)
    {
        using var located = await locator.LocateAsync(dataset, cancellationToken);
        using var reader = ImageSource.Open(located.Path, reading);
        var images = reader.ReadSelected(Planner.Select(seed, reader.Info.Count, limit), wayOut);
        var sha256 = await DatasetHash.ComputeAsync(located.Path, reading, cancellationToken);
        var name = NamedDatasetLocator.ShownName(dataset);
        foreach (var remark in reader.Remarks)
            observer.Remark($"{name}: {remark}");
        return new(new(name, reader.Info.Shape, reader.Info.Classes), images, sha256, SelectionOf(sha256, seed, limit));
    }

    /// <summary>See <see cref="Selection"/>.</summary>
    /// <param name="sha256">Hash of the files.</param>
    /// <param name="seed">Draws what a limit takes.</param>
    /// <param name="limit">How many are taken; null for all.</param>
    public static string SelectionOf(string sha256, ulong seed, int? limit) => limit is null ? sha256 : $"{sha256}/{seed}/{limit}";
}

/// <summary>What sets and networks that are used together must agree in.</summary>
/// <param name="Name">Name of the set, for messages.</param>
/// <param name="Shape">Shape of every image.</param>
/// <param name="Classes">Names of the classes, in label order.</param>
public sealed record DataOutline(string Name, ImageShape Shape, IReadOnlyList<string> Classes)
{
    /// <summary>Checks that another set has the same shape and classes.</summary>
    /// <param name="other">The other set.</param>
    /// <exception cref="InputException">They differ; the message says in what.</exception>
    public void Require(DataOutline other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Shape != Shape)
            throw new InputException($"{other.Name} has images of {other.Shape}; {Name} has images of {Shape}.");
        if (other.Classes.Count != Classes.Count)
            throw new InputException($"{other.Name} has {other.Classes.Count} classes; {Name} has {Classes.Count}. Their labels do not match.");
        if (IsNamed(this) && IsNamed(other) && !other.Classes.SequenceEqual(Classes))
            throw new InputException($"{other.Name} has the classes {string.Join(", ", other.Classes)}; {Name} has {string.Join(", ", Classes)}. Their labels do not match.");
    }

    // Formats without names count the classes.
    private static bool IsNamed(DataOutline data) => !data.Classes.All(name => int.TryParse(name, out _));
}
