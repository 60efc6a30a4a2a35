using static TorchSharp.torch;

namespace DataCentric.Adversarial.Models;

/// <summary>Bytes to tensors.</summary>
internal static class Pixels
{
    /// <summary>Makes a batch.</summary>
    /// <param name="bytes">N x H x W x 3 bytes.</param>
    /// <param name="shape">Height and width.</param>
    /// <param name="device">Where the tensor is to lie; the processor where none is given.</param>
    /// <returns>(N, 3, H, W) in [0, 1], channels-last in memory.</returns>
    public static Tensor ToTensor(ReadOnlySpan<byte> bytes, ImageShape shape, Device? device = null)
    {
        var values = new float[bytes.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = bytes[i] / 255f;
        using var places = tensor(values, [bytes.Length / shape.ByteLength, shape.Height, shape.Width, ImageShape.Channels], device: device);
        return places.permute(0, 3, 1, 2);
    }
}
