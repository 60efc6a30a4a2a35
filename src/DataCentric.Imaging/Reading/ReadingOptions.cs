using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace DataCentric.Imaging.Reading;

/// <summary>How images become those of a set: what is done to a source whose pictures are not of one size and opaque already.</summary>
public readonly record struct ReadingOptions
{
    /// <summary>Size that every image is brought to; null leaves them as they are, and then all must be of one size. Default null.</summary>
    [Option(
        "Bring every image to a size, SIDE or HEIGHTxWIDTH, by :crop (scaled until it covers the size, middle cut out; the default), :pad or :stretch.",
        Value = "SIZE", Default = "as they are")]
    public ResizeRule? Resize { get; init; }

    /// <summary>How pixels between pixels are computed while resizing. Default bicubic.</summary>
    [Option("How --resize computes pixels; all but nearest smooth what is made smaller.")]
    public Interpolation Interpolation { get; init; }

    /// <summary>Colour that transparent pictures are laid on and that <c>--resize SIZE:pad</c> pads with; null refuses transparency and pads with black. Default null.</summary>
    [Option("Colour behind transparent pictures and around padded ones: white, black, grey or RRGGBB.", Value = "COLOUR", Default = "none: transparency is refused, padding is black")]
    public RgbColour? Background { get; init; }

    /// <summary>Part of a divided set that is read: a folder such as <c>train</c>. Default null: the training part where there is one.</summary>
    [Option("Part of a set divided into train, val and test.", Value = "NAME", Default = "train, where there is one")]
    public string? Part { get; init; }

    /// <summary>Table of the labels of a folder of pictures, as <c>FILE:ID,LABEL</c> with the columns of file and label. Default null: folders are classes.</summary>
    [Option(
        "CSV, TSV or JSON Lines with the labels of a folder of pictures, and its columns of file (with or without ending) and label, or their numbers from 1 where there is no header.",
        Value = "FILE:ID,LABEL", Default = "metadata.csv or metadata.jsonl where they lie there; else folders are classes")]
    public string? LabelTable { get; init; }

    /// <summary>Names of the classes that are read, which are numbered in this order. Default null: all.</summary>
    [Option("Classes to read, separated by commas; they are numbered in this order.", Default = "all")]
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>Most pictures of a class that are read, spread evenly over those there are. Default null: all.</summary>
    [Range(1, int.MaxValue)]
    [Option("Read at most N pictures of each class, spread evenly over its pictures.", Default = "all")]
    public int? LimitPerClass { get; init; }

    /// <summary>Whether broken pictures of a folder are left out, and told, instead of refused. Every picture is decoded once more for it. Default false.</summary>
    [Option("Leave out pictures of a folder that cannot be read (empty, cut off, no pictures): each is told, and run.json names it.", Default = "they are refused")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] // Runs from before there was a choice keep their id.
    public bool SkipBroken { get; init; }

    /// <summary>Factor that makes the values of an array levels of 0 to 255: 255 where they lie in [0, 1]. Default null: arrays of floats are refused.</summary>
    [Range(double.Epsilon, double.MaxValue)]
    [Option("Factor that makes the floats of an array levels of 0 to 255: 255 where they lie in [0, 1].", Default = "none: floats are refused")]
    public double? Scale { get; init; }

    /// <summary>Whether pictures are chosen by their class, which only folders of pictures tell before they are decoded.</summary>
    [JsonIgnore]
    public bool ChoosesByClass => Classes is not null || LimitPerClass is not null;
}

/// <summary>How pixels between pixels are computed.</summary>
public enum Interpolation
{
    /// <summary>Cubic convolution with a = -0.5 (Keys 1981), Pillow's BICUBIC.</summary>
    Bicubic,

    /// <summary>Triangle filter, Pillow's BILINEAR.</summary>
    Bilinear,

    /// <summary>Lanczos filter of three lobes, Pillow's LANCZOS.</summary>
    Lanczos,

    /// <summary>The nearest pixel, Pillow's NEAREST.</summary>
    Nearest,
}
