using DataCentric.Npy;

namespace DataCentric.Imaging.Formats.Arrays;

/// <summary>
/// What the axes of an array of images are: (N, H, W) grey; with channels last (N, H, W, C) or first (N, C, H, W), where C is 3 for red,
/// green, blue and 1 for grey. Which one is told by the axis that is 3 or 1.
/// </summary>
/// <param name="Height">Rows of an image.</param>
/// <param name="Width">Its columns.</param>
/// <param name="Channels">1 or 3.</param>
/// <param name="ChannelsFirst">Whether each channel lies in a plane of its own.</param>
internal sealed record ImageAxes(int Height, int Width, int Channels, bool ChannelsFirst)
{
    /// <summary>Reads a shape.</summary>
    /// <param name="header">Header of the array.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <exception cref="InputException">It is no shape of images, or two readings fit.</exception>
    public static ImageAxes Of(NpyHeader header, string source)
    {
        var shape = header.Shape;
        var last = shape is [_, _, _, 1 or ImageShape.Channels] ? new ImageAxes(shape[1], shape[2], shape[3], false) : null;
        var first = shape is [_, 1 or ImageShape.Channels, _, _] ? new ImageAxes(shape[2], shape[3], shape[1], true) : null;
        if (last is not null && first is not null)
        {
            throw new InputException(
                $"{source}: the shape {NpyHeader.Describe(shape)} is read as (N, H, W, C), images of {last.Height}x{last.Width} pixels, or as (N, C, H, W), "
                + $"images of {first.Height}x{first.Width}; save it with one axis of channels only.");
        }

        if (shape is [_, var height, var width])
            return new(height, width, 1, false);
        return last ?? first ?? throw new InputException(
            $"{source}: is {header.Type} of shape {NpyHeader.Describe(shape)}; expected |u1 (uint8) of shape (N, H, W, 3) or (N, 3, H, W), or of grey images (N, H, W).{Hint(shape)}");
    }

    /// <summary>Planes of channels to interleaved pixels.</summary>
    /// <param name="planes">Channels x H x W bytes.</param>
    /// <param name="pixels">Receives H x W x channels bytes.</param>
    public void Interleave(ReadOnlySpan<byte> planes, Span<byte> pixels)
    {
        var plane = Height * Width;
        for (var channel = 0; channel < Channels; channel++)
        {
            for (var i = 0; i < plane; i++)
                pixels[(i * Channels) + channel] = planes[(channel * plane) + i];
        }
    }

    private static string Hint(IReadOnlyList<int> shape) => shape switch
    {
        [_, _, _, 4] or [_, 4, _, _] => " Four channels are colour with transparency or print colours: which three are meant has to be said by leaving one out.",
        [_, _] => " Flat rows do not say their sides: reshape them to (N, H, W), (N, H, W, 3) or (N, 3, H, W).",
        _ => "",
    };
}
