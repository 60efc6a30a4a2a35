using SkiaSharp;

namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>Writes an image as baseline JPEG with chroma 4:2:0 and reads it back, through Skia's libjpeg-turbo.</summary>
internal sealed class JpegRoundTrip
{
    private readonly SKImageInfo _info;
    private readonly byte[] _pixels;

    /// <summary>Makes the buffers.</summary>
    /// <param name="shape">Height and width.</param>
    public JpegRoundTrip(Images.ImageShape shape)
    {
        _info = new(shape.Width, shape.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        _pixels = GC.AllocateUninitializedArray<byte>(shape.PixelCount * 4, pinned: true);
    }

    /// <summary>Writes and reads.</summary>
    /// <param name="source">H x W x 3 bytes.</param>
    /// <param name="destination">H x W x 3 bytes.</param>
    /// <param name="quality">1 to 100.</param>
    public unsafe void Apply(ReadOnlySpan<byte> source, Span<byte> destination, int quality)
    {
        for (int i = 0, j = 0; i < source.Length; i += 3, j += 4)
        {
            source.Slice(i, 3).CopyTo(_pixels.AsSpan(j));
            _pixels[j + 3] = 255;
        }

        fixed (byte* pixels = _pixels)
        {
            using var pixmap = new SKPixmap(_info, (nint)pixels);
            using var encoded = pixmap.Encode(new SKJpegEncoderOptions(
                quality, SKJpegEncoderDownsample.Downsample420, SKJpegEncoderAlphaOption.Ignore));
            using var codec = SKCodec.Create(encoded);
            if (codec.GetPixels(_info, (nint)pixels) != SKCodecResult.Success)
                throw new InvalidOperationException("Skia did not read its own JPEG.");
        }

        for (int i = 0, j = 0; i < source.Length; i += 3, j += 4)
            _pixels.AsSpan(j, 3).CopyTo(destination[i..]);
    }
}
