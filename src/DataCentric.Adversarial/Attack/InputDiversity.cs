using DataCentric.Randomness;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DataCentric.Adversarial.Attack;

/// <summary>
/// Input diversity (eq. 3; Xie et al. 2019): images of side s are resized (nearest) to side r, uniform in s..floor(1.25 s), and put at
/// a random place on black of side floor(1.25 s) + 1, so that right and bottom keep at least one black line. Black is 0 in pixel
/// space: normalisation comes after.
/// </summary>
/// <param name="Height">Rows after the resize.</param>
/// <param name="Width">Columns after the resize.</param>
/// <param name="Top">Black rows above.</param>
/// <param name="Left">Black columns to the left.</param>
/// <param name="Canvas">Shape of the result.</param>
internal sealed record InputDiversity(int Height, int Width, int Top, int Left, ImageShape Canvas)
{
    /// <summary>
    /// Draws what one surrogate sees in one iteration. The draw depends on seed, iteration and surrogate alone, so it is the same for
    /// every batch, shard and worker.
    /// </summary>
    /// <param name="options">Who draws, and with what probability.</param>
    /// <param name="runSeed">Seed of the run.</param>
    /// <param name="iteration">0-based.</param>
    /// <param name="surrogate">0-based.</param>
    /// <param name="shape">Shape of the images.</param>
    /// <returns>The transformation, or null when the images stay as they are.</returns>
    public static InputDiversity? Draw(AttackOptions options, ulong runSeed, int iteration, int surrogate, ImageShape shape)
    {
        if (options.Diversity == DiversityDraw.Off)
            return null;
        var stream = options.Diversity == DiversityDraw.Shared ? 0 : 1 + surrogate;
        var random = new CounterRandom(runSeed, (ulong)iteration, RandomStage.InputDiversity, stream);
        if (!random.Chance(options.DiversityProbability))
            return null;
        var canvas = new ImageShape((shape.Height * 5 / 4) + 1, (shape.Width * 5 / 4) + 1);
        var height = shape.Height + random.Below(canvas.Height - shape.Height);
        var width = shape.Width * height / shape.Height;
        return new(height, width, random.Below(canvas.Height - height), random.Below(canvas.Width - width), canvas);
    }

    /// <summary>Transforms a batch.</summary>
    /// <param name="pixels">(N, 3, H, W).</param>
    /// <returns>(N, 3, canvas height, canvas width).</returns>
    public Tensor Apply(Tensor pixels) => functional.pad(
        functional.interpolate(pixels, size: [Height, Width], mode: InterpolationMode.Nearest),
        [Left, Canvas.Width - Width - Left, Top, Canvas.Height - Height - Top]);
}
