using SkiaSharp;

namespace DataCentric.Imaging.Pictures;

/// <summary>What kinds of pictures were read, for people. Several threads may add at once.</summary>
public sealed class PictureStatistics
{
    private const string Wide = "16 bit";

    private const string WideMeaning = "16 bits a sample, of which 0 to 65535 became 0 to 255; where only a part of that range is used,";

    private readonly Lock _lock = new();
    private readonly Dictionary<ImageShape, int> _sizes = [];
    private readonly SortedDictionary<string, int> _formats = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _traits = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _examples = [];

    /// <summary>Pictures of each size, upright and before resizing, the most frequent first.</summary>
    public IReadOnlyList<PictureCount> Sizes => Locked(() => _sizes.OrderByDescending(size => size.Value).ThenBy(size => size.Key.Height).ThenBy(size => size.Key.Width)
        .Select(size => new PictureCount($"{size.Key}", size.Value)).ToArray());

    /// <summary>Pictures of each format.</summary>
    public IReadOnlyList<PictureCount> Formats => Locked(() => _formats.Select(format => new PictureCount(format.Key, format.Value)).ToArray());

    /// <summary>Pictures that are grey, transparent, turned by EXIF orientation, of 16 bits a sample or animated.</summary>
    public IReadOnlyList<PictureCount> Traits => Locked(() => _traits.Select(trait => new PictureCount(trait.Key, trait.Value)).ToArray());

    /// <summary>What users have to be told, a sentence each.</summary>
    internal IReadOnlyList<string> Remarks => Locked(() => new[]
    {
        Remark("turned", "by EXIF orientation was turned or mirrored to be upright", "by EXIF orientation were turned or mirrored to be upright"),
        Remark("animated", "is an animation, of which the first frame was read", "are animations, of which the first frame was read"),
        Remark("transparent", "is transparent and was laid on the background", "are transparent and were laid on the background"),
        Remark(Wide, $"has {WideMeaning} it comes out dark", $"have {WideMeaning} they come out dark"),
    }.OfType<string>().ToArray());

    internal void Add(PictureFacts facts, string source)
    {
        lock (_lock)
        {
            _sizes[facts.Size] = _sizes.GetValueOrDefault(facts.Size) + 1;
            Count(_formats, facts.Format.ToString().ToLowerInvariant(), source);
            if (facts.IsGrey)
                Count(_traits, "grey", source);
            if (facts.IsTransparent)
                Count(_traits, "transparent", source);
            if (facts.IsTurned)
                Count(_traits, "turned", source);
            if (facts.HasWideSamples)
                Count(_traits, Wide, source);
            if (facts.Frames > 1)
                Count(_traits, "animated", source);
        }
    }

    private void Count(SortedDictionary<string, int> counts, string name, string source)
    {
        counts[name] = counts.GetValueOrDefault(name) + 1;
        // The first in order of names: threads come in any order.
        if (!_examples.TryGetValue(name, out var known) || string.CompareOrdinal(source, known) < 0)
            _examples[name] = source;
    }

    private string? Remark(string trait, string one, string several) => _traits.GetValueOrDefault(trait) switch
    {
        0 => null,
        1 => $"1 picture, {_examples[trait]}, {one}.",
        var count => $"{count} pictures such as {_examples[trait]} {several}.",
    };

    private T Locked<T>(Func<T> read)
    {
        lock (_lock)
            return read();
    }
}

/// <summary>How many pictures are of a kind.</summary>
/// <param name="Name">The kind.</param>
/// <param name="Count">Pictures.</param>
public sealed record PictureCount(string Name, int Count);

/// <summary>What the file of a picture says of it.</summary>
/// <param name="Format">File format.</param>
/// <param name="Size">Height and width, upright.</param>
/// <param name="IsGrey">Whether it has one channel.</param>
/// <param name="IsTransparent">Whether some pixel is not opaque.</param>
/// <param name="IsTurned">Whether it is stored otherwise than it is shown.</param>
/// <param name="Frames">Frames of an animation; 0 or 1 of others.</param>
/// <param name="HasWideSamples">Whether a sample has 16 bits.</param>
internal sealed record PictureFacts(SKEncodedImageFormat Format, ImageShape Size, bool IsGrey, bool IsTransparent, bool IsTurned, int Frames, bool HasWideSamples);
