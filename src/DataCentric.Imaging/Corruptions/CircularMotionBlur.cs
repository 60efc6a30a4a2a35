using System.Runtime.Intrinsics;
using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Corruptions;

/// <summary>Parameters of <see cref="CircularMotionBlur"/>.</summary>
public sealed record CircularMotionBlurParameters
{
    /// <summary>Largest turn to either side in degrees, 0 to 180. Default 4.2 (CIFAR-10-C-bar, severity 1).</summary>
    public double Angle { get; init; } = 4.2;
}

/// <summary>
/// A camera that turns about its axis (Mintun, Kirillov and Xie 2021, <c>CircularMotionBlur</c> in imagenet_c_bar/corrupt.py): the mean of
/// 21 images turned by u times the largest angle, u = -1 to 1, with weights e^(-2 u^2); each is a <see cref="SplineImage"/> about the
/// middle, 0 outside; floor8. No randomness.
/// </summary>
/// <param name="id">Names and number.</param>
/// <param name="parameters">Parameters; one outside its range throws <see cref="ArgumentOutOfRangeException"/>.</param>
public sealed class CircularMotionBlur(CorruptionId id, CircularMotionBlurParameters parameters) : Corruption(id)
{
    private const int Turns = 21;

    // Larger images would need tables of many MiB.
    private const int MostInTable = 64 * 64;

    // Weights sum to 1 only up to rounding, and a constant image must stay what it is.
    private const float Margin = 1e-3f;

    private readonly (double Sine, double Cosine, double Weight)[] _turns = Table(Math.PI / 180 * Guard.InRange(parameters?.Angle, 0, 180));

    /// <summary>The line of the CIFAR-10-C-bar set: angles 1.5 s of the reference's severities s = 2.8, 3.6, 4.4, 5.2, 6.</summary>
    internal static CorruptionKind CifarBar { get; } = CorruptionKind.Scaled(
        "circular_motion_blur",
        33,
        (id, parameters, _) => new CircularMotionBlur(id, parameters),
        [.. new[] { 4.2, 5.4, 6.6, 7.8, 9 }.Select(angle => new CircularMotionBlurParameters { Angle = angle })]);

    /// <inheritdoc/>
    protected override void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch)
    {
        var image = new SplineImage(source, shape, scratch);
        var blurred = scratch.Take<float>(source.Length);
        var taps = shape.PixelCount <= MostInTable ? scratch.Table(this, shape, static (self, image) => new SplineTaps(image, self.Places(image))) : null;
        for (var i = 0; i < shape.PixelCount; i++)
        {
            var sum = taps is null ? Sum(image, shape, i / shape.Width, i % shape.Width) : image.Sum(taps.Offsets(i), taps.Weights(i));
            (blurred[3 * i], blurred[(3 * i) + 1], blurred[(3 * i) + 2]) = (sum[0], sum[1], sum[2]);
        }

        Pixels.Floor8(blurred, destination, Margin);
    }

    private static (double Sine, double Cosine, double Weight)[] Table(double angle)
    {
        var places = Enumerable.Range(0, Turns).Select(i => (2.0 * i / (Turns - 1)) - 1).ToArray();
        var sum = places.Sum(u => Math.Exp(-2 * u * u));
        return [.. places.Select(u => (Math.Sin(u * angle), Math.Cos(u * angle), Math.Exp(-2 * u * u) / sum))];
    }

    private static (double Y, double X) Turned(ImageShape shape, int y, int x, double sine, double cosine)
    {
        var (middleY, middleX) = ((shape.Height - 1) / 2.0, (shape.Width - 1) / 2.0);
        var (down, across) = (y - middleY, x - middleX);
        return (middleY + (cosine * down) + (sine * across), middleX + (cosine * across) - (sine * down));
    }

    private Vector128<float> Sum(SplineImage image, ImageShape shape, int y, int x)
    {
        var sum = Vector128<float>.Zero;
        foreach (var (sine, cosine, weight) in _turns)
        {
            var place = Turned(shape, y, x, sine, cosine);
            sum += (float)weight * image.At(place.Y, place.X);
        }

        return sum;
    }

    private Func<int, int, IEnumerable<(double Y, double X, double Weight)>> Places(ImageShape shape) => (y, x) => _turns.Select(turn =>
    {
        var place = Turned(shape, y, x, turn.Sine, turn.Cosine);
        return (place.Y, place.X, turn.Weight);
    });
}
