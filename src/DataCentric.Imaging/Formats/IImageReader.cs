using System.Text.Json.Serialization;
using DataCentric.Imaging.Pictures;

namespace DataCentric.Imaging.Formats;

/// <summary>What is known of a data set before any pixel is read.</summary>
/// <param name="Format">Name of the format, such as <c>cifar-binary</c>.</param>
/// <param name="Count">Number of images.</param>
/// <param name="Shape">Shape of every image as it is delivered.</param>
/// <param name="Classes">Names of the classes, in label order; made-up digits where the source names none.</param>
/// <param name="HasSoftLabels">Whether labels are class probabilities rather than indexes.</param>
public sealed record ImageSetInfo(string Format, int Count, ImageShape Shape, IReadOnlyList<string> Classes, bool HasSoftLabels)
{
    /// <summary>Why images of a format that can have names of files have none here, a sentence; null where they have some, or the format never has any.</summary>
    public string? WhyNameless { get; init; }
}

/// <summary>Reads a data set from front to back in batches, holding no more than one batch in memory.</summary>
public interface IImageReader : IDisposable
{
    /// <summary>What is known before any pixel is read.</summary>
    ImageSetInfo Info { get; }

    /// <summary>What the user has to be told of what was read until now, a sentence or two each, such as which classes have no image.</summary>
    IReadOnlyList<string> Remarks => [];

    /// <summary>What kinds of pictures were read until now; null where images are not files of pictures.</summary>
    PictureStatistics? Pictures => null;

    /// <summary>Source ids of broken images that are left out because that was asked for; no others are.</summary>
    IReadOnlyList<string> LeftOut => [];

    /// <summary>Reads the next images in source order.</summary>
    /// <param name="count">How many are wanted.</param>
    /// <returns>That many, or fewer at the end; an empty set when none are left.</returns>
    /// <exception cref="InputException">The source is broken; the message names file, record and reason.</exception>
    ImageSet Read(int count);

    /// <summary>Leaves out the next images without decoding them.</summary>
    /// <param name="count">How many.</param>
    void Skip(int count);

    /// <summary>Reads the next images as <see cref="Read"/> does, but leaves out broken ones, and those of another size, where the format lets it go on behind them.</summary>
    /// <param name="count">How many are wanted.</param>
    /// <param name="broken">Receives those that were left out.</param>
    /// <returns>That many, or fewer at the end; an empty set when none are left.</returns>
    /// <exception cref="InputException">The source is broken and what follows cannot be read.</exception>
    ImageSet ReadWhole(int count, ICollection<LeftOutImage> broken) => Read(count);
}

/// <summary>An image that is left out.</summary>
/// <param name="Image">Source id.</param>
/// <param name="Reason">The message that names file, place and reason.</param>
/// <param name="Label">Class index where it is whole and merely of another size than the set; null where it cannot be read.</param>
public sealed record LeftOutImage(string Image, string Reason, int? Label = null)
{
    /// <summary>Whether it is whole and merely of another size than the set.</summary>
    [JsonIgnore]
    public bool IsOtherSize => Label is not null;
}
