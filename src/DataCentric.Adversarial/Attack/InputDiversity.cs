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
internal sealed record InputDiversity(int Height, int Width, int Top, int Left, ImageShape Canvas) : IInputVariation
{
    /// <summary>Draws size and place.</summary>
    /// <param name="random">The draws.</param>
    /// <param name="shape">Shape of the images.</param>
    public static InputDiversity Draw(ref CounterRandom random, ImageShape shape)
    {
        var canvas = new ImageShape((shape.Height * 5 / 4) + 1, (shape.Width * 5 / 4) + 1);
        var height = shape.Height + random.Below(canvas.Height - shape.Height);
        var width = shape.Width * height / shape.Height;
        return new(height, width, random.Below(canvas.Height - height), random.Below(canvas.Width - width), canvas);
    }

    /// <inheritdoc/>
    public Tensor Apply(Tensor pixels) => functional.pad(
        functional.interpolate(pixels, size: [Height, Width], mode: InterpolationMode.Nearest),
        [Left, Canvas.Width - Width - Left, Top, Canvas.Height - Height - Top]);
}
