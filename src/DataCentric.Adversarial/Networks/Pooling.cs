using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DataCentric.Adversarial.Networks;

/// <summary>Ways to make a map smaller without parameters; odd sides keep their last row and column, as a strided 3x3 convolution does.</summary>
internal static class Pooling
{
    /// <summary>The mean over 2 x 2 places for stride 2, the map itself for stride 1.</summary>
    /// <param name="x">(N, C, H, W).</param>
    /// <param name="stride">1 or 2.</param>
    /// <returns>(N, C, ceil(H / stride), ceil(W / stride)).</returns>
    public static Tensor Halve(Tensor x, int stride) => stride == 1
        ? x
        : functional.avg_pool2d(x, kernel_size: 2, stride: 2, ceil_mode: true, count_include_pad: false);

    /// <summary>The largest of 2 x 2 places.</summary>
    /// <param name="x">(N, C, H, W).</param>
    /// <returns>(N, C, ceil(H / 2), ceil(W / 2)).</returns>
    public static Tensor HalveByMaximum(Tensor x) => functional.max_pool2d(x, kernel_size: [2, 2], strides: [2, 2], ceil_mode: true);
}
