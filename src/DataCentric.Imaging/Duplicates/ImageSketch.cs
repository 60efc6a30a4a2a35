using System.Numerics.Tensors;

namespace DataCentric.Imaging.Duplicates;

/// <summary>
/// A short description of an image, from the means of its 8 x 8 blocks. <see cref="Blocks"/> bounds distances from below: of the
/// differences d of two images of P values, with blocks b of n_b values each, sum_b (n_b / P) (mean of d in b)^2 &lt;= (1 / P) sum d^2 by
/// Jensen's inequality, and likewise for the mean of all. <see cref="Coarse"/> tells whether two images may show the same in other light.
/// </summary>
internal sealed class ImageSketch
{
    /// <summary>Numbers of <see cref="Blocks"/>.</summary>
    public const int BlocksLength = LumaTerms + (2 * ColourTerms);

    /// <summary>Numbers of <see cref="Coarse"/>, with three zeros at its end.</summary>
    public const int CoarseLength = 96;

    private const int LumaTerms = 30;
    private const int ColourTerms = 9;
    private const int CoarseLuma = BlockSums.Count - 1;
    private const int CoarseColour = 15;
    private const float CoarseColourWeight = 0.5f;

    /// <summary>Below this length (levels) a coarse vector is noise: the image is nearly one colour.</summary>
    private const float LeastContrast = 12;

    /// <summary>Describes an image.</summary>
    /// <param name="image">H x W x 3 bytes.</param>
    /// <param name="shape">Height and width, each at least 8.</param>
    public ImageSketch(ReadOnlySpan<byte> image, ImageShape shape)
    {
        var sums = new BlockSums(image, shape);
        var length = (double)image.Length;
        Mean = sums.Sum / length;
        Contrast = Math.Sqrt(Math.Max(0, (sums.Squares / length) - (Mean * Mean)));
        FillBlocks(sums, length);
        FillCoarse(sums);
    }

    /// <summary>Mean of all values.</summary>
    public double Mean { get; }

    /// <summary>Standard deviation of all values.</summary>
    public double Contrast { get; }

    /// <summary>
    /// The means of the blocks, each times sqrt(n_b / P), in orthonormal colours ((R + G + B) / sqrt 3, (R - B) / sqrt 2,
    /// (R - 2 G + B) / sqrt 6), their cosine transforms' first terms: the Euclidean distance of any of them is the bound.
    /// </summary>
    public float[] Blocks { get; } = new float[BlocksLength];

    /// <summary>
    /// 96 numbers: the luma (ITU-R BT.601) of the blocks and half its two colour differences as cosine transforms, without their means,
    /// low frequencies first, scaled to length 1. Brightness and contrast do not change it. All 0 where the image is nearly one colour.
    /// </summary>
    public float[] Coarse { get; } = new float[CoarseLength];

    /// <summary>Writes those of the coarse numbers that differ most between images: 10 of luma, 3 of each colour difference.</summary>
    /// <param name="head">Receives 16 numbers.</param>
    public void WriteHead(Span<float> head)
    {
        Coarse.AsSpan(0, 10).CopyTo(head);
        Coarse.AsSpan(CoarseLuma, 3).CopyTo(head[10..]);
        Coarse.AsSpan(CoarseLuma + CoarseColour, 3).CopyTo(head[13..]);
    }

    private void FillBlocks(BlockSums sums, double length)
    {
        Span<float> planes = stackalloc float[3 * BlockSums.Count];
        for (var block = 0; block < BlockSums.Count; block++)
        {
            var scale = 1 / Math.Sqrt(sums.Pixels[block] * length);
            var (red, green, blue) = (scale * sums.Sums[3 * block], scale * sums.Sums[(3 * block) + 1], scale * sums.Sums[(3 * block) + 2]);
            planes[block] = (float)((red + green + blue) / Math.Sqrt(3));
            planes[BlockSums.Count + block] = (float)((red - blue) / Math.Sqrt(2));
            planes[(2 * BlockSums.Count) + block] = (float)((red - (2 * green) + blue) / Math.Sqrt(6));
        }

        CosineTransform.Transform(planes[..BlockSums.Count], 0, 1, Blocks.AsSpan(0, LumaTerms));
        CosineTransform.Transform(planes.Slice(BlockSums.Count, BlockSums.Count), 0, 1, Blocks.AsSpan(LumaTerms, ColourTerms));
        CosineTransform.Transform(planes[(2 * BlockSums.Count)..], 0, 1, Blocks.AsSpan(LumaTerms + ColourTerms));
    }

    private void FillCoarse(BlockSums sums)
    {
        Span<float> planes = stackalloc float[3 * BlockSums.Count];
        for (var block = 0; block < BlockSums.Count; block++)
        {
            var scale = 1f / sums.Pixels[block];
            var (red, green, blue) = (scale * sums.Sums[3 * block], scale * sums.Sums[(3 * block) + 1], scale * sums.Sums[(3 * block) + 2]);
            var luma = (0.299f * red) + (0.587f * green) + (0.114f * blue);
            (planes[block], planes[BlockSums.Count + block], planes[(2 * BlockSums.Count) + block]) = (luma, blue - luma, red - luma);
        }

        CosineTransform.Transform(planes[..BlockSums.Count], 1, 1, Coarse.AsSpan(0, CoarseLuma));
        CosineTransform.Transform(planes.Slice(BlockSums.Count, BlockSums.Count), 1, CoarseColourWeight, Coarse.AsSpan(CoarseLuma, CoarseColour));
        CosineTransform.Transform(planes[(2 * BlockSums.Count)..], 1, CoarseColourWeight, Coarse.AsSpan(CoarseLuma + CoarseColour, CoarseColour));
        var size = TensorPrimitives.Norm<float>(Coarse);
        TensorPrimitives.Multiply(Coarse, size < LeastContrast ? 0 : 1 / size, Coarse);
    }
}
