using System.Text.Json.Serialization;

namespace DataCentric.Images;

/// <summary>Height and width of every image of a set; channels are always R, G, B interleaved, one byte each.</summary>
/// <param name="Height">Rows, 8 to 1024.</param>
/// <param name="Width">Columns, 8 to 1024.</param>
public readonly record struct ImageShape(int Height, int Width)
{
    /// <summary>Channels of an image: red, green, blue.</summary>
    public const int Channels = 3;

    /// <summary>Smallest side that is accepted.</summary>
    public const int MinSide = 8;

    /// <summary>Largest side that is accepted.</summary>
    public const int MaxSide = 1024;

    /// <summary>Height times width.</summary>
    [JsonIgnore]
    public int PixelCount => Height * Width;

    /// <summary>Bytes of one image: height x width x 3.</summary>
    [JsonIgnore]
    public int ByteLength => Height * Width * Channels;

    /// <summary>Whether both sides are 8 to 1024.</summary>
    [JsonIgnore]
    public bool IsValid => Height is >= MinSide and <= MaxSide && Width is >= MinSide and <= MaxSide;

    /// <summary>What sides may be, for messages.</summary>
    [JsonIgnore]
    public static string Limits => $"each side must be {MinSide} to {MaxSide} pixels";

    /// <summary>Checks both sides.</summary>
    /// <param name="source">What the shape was read from, for the message.</param>
    /// <exception cref="InputException">A side is outside 8..1024.</exception>
    public ImageShape Validated(string source) =>
        IsValid ? this : throw new InputException($"{source}: images are {this}; {Limits}.");

    /// <inheritdoc/>
    public override string ToString() => $"{Height}x{Width}";
}
