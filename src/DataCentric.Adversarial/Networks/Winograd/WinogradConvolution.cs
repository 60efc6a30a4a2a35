using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace DataCentric.Adversarial.Networks.Winograd;

/// <summary>
/// 3x3 convolution with stride 1 and padding 1 in float32 by Winograd's minimal filtering, F(4x4, 3x3): 36 multiplications for 16 values
/// instead of 144 (Lavin and Gray 2016, arXiv 1509.09308). oneDNN 3.7 has it for no x86 processor.
/// </summary>
internal static unsafe class WinogradConvolution
{
    private const int LeastChannels = 32; // with 16, transforms cost what products save
    private const double LeastSaving = 1.5; // in multiplications: maps of 3x3 (2.3), 5x5 (1.6) and 7x7 (3.1) or more, not of 1x1 and 2x2 (1)

    /// <summary>Whether a layer can be computed here: enough channels, in whole panels, on a processor with AVX2 and FMA.</summary>
    /// <param name="weight">Its weight, (C', C, 3, 3).</param>
    public static bool Takes(Tensor weight) =>
        Processor.HasFusedAvx2 && weight.dtype == ScalarType.Float32 && weight.device.type == TorchSharp.DeviceType.CPU
        && weight.shape is [var output, var input, 3, 3] && Math.Min(output, input) >= LeastChannels
        && output % PanelProduct.Columns == 0 && input % PanelProduct.Columns == 0;

    /// <summary>Whether it saves time on maps of a size: tiles of 4x4 cover them without much waste.</summary>
    /// <param name="height">Height of the map.</param>
    /// <param name="width">Width of the map.</param>
    public static bool Pays(long height, long width) =>
        9.0 * height * width >= LeastSaving * WinogradTransforms.Points * WinogradPass.Tiles((int)height) * WinogradPass.Tiles((int)width);

    /// <summary>Computes the convolution, outside of autograd.</summary>
    /// <param name="x">(N, C, H, W).</param>
    /// <param name="weight">(C, C', 3, 3), channels-last in memory: the weight with its first two dimensions exchanged.</param>
    /// <param name="turned">Whether each kernel is turned by 180 degrees, as the gradient with respect to the input has it.</param>
    /// <param name="bias">(C'), or none.</param>
    /// <returns>(N, C', H, W), channels-last in memory.</returns>
    public static Tensor Compute(Tensor x, Tensor weight, bool turned, Tensor? bias)
    {
        var shape = x.shape;
        var (count, depth, height, width) = ((int)shape[0], (int)shape[1], (int)shape[2], (int)shape[3]);
        var channels = (int)weight.shape[1];
        // Channels-last by its strides, not as a view of (N, H, W, C): autograd lets no in-place ReLU change a view made in a function.
        var y = empty_strided([count, channels, height, width], [(long)height * width * channels, 1, (long)width * channels, channels]);
        using var placesX = x.AsPlaces();
        using var placesY = y.AsPlaces();
        using var taps = weight.AsPlaces();
        fixed (float* from = Values(placesX), to = Values(placesY), kernels = Values(taps), offset = bias is null ? [] : Values(bias))
        {
            new WinogradPass
            {
                From = from, To = to, Kernels = kernels, Offset = offset, Turned = turned,
                Count = count, Depth = depth, Channels = channels, Height = height, Width = width,
            }.Run();
        }

        return y;
    }

    private static Span<float> Values(Tensor x) => MemoryMarshal.Cast<byte, float>(x.bytes);
}
