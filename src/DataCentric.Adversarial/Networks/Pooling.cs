using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DataCentric.Adversarial.Networks;

/// <summary>Ways to make a map smaller without parameters; odd sides keep their last row and column, as a strided 3x3 convolution does.</summary>
internal static class Pooling
{
    /// <summary>
    /// Moves each 2 x 2 places of an image into channels, so that the first convolution works on a quarter of the places (the stem of
    /// Ridnik et al. 2021, TResNet, section 2.1). Of all first layers this has the cheapest gradient with respect to its input.
    /// </summary>
    /// <param name="x">(N, C, H, W).</param>
    /// <returns>(N, 4 C, ceil(H / 2), ceil(W / 2)), channels-last in memory.</returns>
    public static Tensor SpaceToDepth(Tensor x)
    {
        if (x.shape[2] % 2 + x.shape[3] % 2 > 0)
            x = functional.pad(x, [0, x.shape[3] % 2, 0, x.shape[2] % 2]);
        var (count, channels, height, width) = (x.shape[0], x.shape[1], x.shape[2] / 2, x.shape[3] / 2);
        return x.permute(0, 2, 3, 1).reshape(count, height, 2, width, 2, channels).permute(0, 1, 3, 2, 4, 5)
            .reshape(count, height, width, 4 * channels).permute(0, 3, 1, 2);
    }

    /// <summary>The mean over 2 x 2 places for stride 2, the map itself for stride 1.</summary>
    /// <param name="x">(N, C, H, W).</param>
    /// <param name="stride">1 or 2.</param>
    /// <returns>(N, C, ceil(H / stride), ceil(W / stride)).</returns>
    public static Tensor Halve(Tensor x, int stride) => stride == 1
        ? x
        : functional.avg_pool2d(x, kernel_size: 2, stride: 2, ceil_mode: true, count_include_pad: false);

    /// <summary>
    /// The first of each stride x stride places: what a 1x1 convolution with that stride sees, so that it can be computed without one.
    /// </summary>
    /// <param name="x">(N, C, H, W).</param>
    /// <param name="stride">At least 1.</param>
    /// <returns>(N, C, ceil(H / stride), ceil(W / stride)), a view.</returns>
    public static Tensor Every(Tensor x, int stride) => stride == 1
        ? x
        : x[TensorIndex.Ellipsis, TensorIndex.Slice(step: stride), TensorIndex.Slice(step: stride)];

    /// <summary>The mean over 2 x 2 places as PyTorch has it: the last row and column of odd sides are dropped, but a side of 1 stays.</summary>
    /// <param name="x">(N, C, H, W).</param>
    /// <returns>(N, C, floor(H / 2), floor(W / 2)), at least 1 x 1.</returns>
    public static Tensor HalveWhole(Tensor x) =>
        functional.avg_pool2d(x, kernel_size: 2, stride: 2, ceil_mode: HasSideOfOne(x), count_include_pad: false);

    /// <summary>The largest of 2 x 2 places, with odd sides as in <see cref="HalveWhole"/>.</summary>
    /// <param name="x">(N, C, H, W).</param>
    /// <returns>(N, C, floor(H / 2), floor(W / 2)), at least 1 x 1.</returns>
    public static Tensor HalveWholeByMaximum(Tensor x) =>
        functional.max_pool2d(x, kernel_size: [2, 2], strides: [2, 2], ceil_mode: HasSideOfOne(x));

    /// <summary>The largest of 3 x 3 places around every second one, the end of stems for large images.</summary>
    /// <param name="x">(N, C, H, W).</param>
    /// <returns>(N, C, ceil(H / 2), ceil(W / 2)).</returns>
    public static Tensor HalveByOverlappingMaximum(Tensor x) =>
        functional.max_pool2d(x, kernel_size: [3, 3], strides: [2, 2], padding: [1, 1]);

    /// <summary>The largest of 2 x 2 places.</summary>
    /// <param name="x">(N, C, H, W).</param>
    /// <returns>(N, C, ceil(H / 2), ceil(W / 2)).</returns>
    public static Tensor HalveByMaximum(Tensor x) => functional.max_pool2d(x, kernel_size: [2, 2], strides: [2, 2], ceil_mode: true);

    private static bool HasSideOfOne(Tensor x) => Math.Min(x.shape[2], x.shape[3]) == 1;
}
