using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Corruptions;

/// <summary>Parameters of <see cref="PinchAndTwirl"/>.</summary>
public sealed record PinchAndTwirlParameters
{
    /// <summary>Turn about the middle of a disk in degrees, to either side, 0 to 360. Default 49.5 (CIFAR-10-C-bar, severity 1).</summary>
    public double Angle { get; init; } = 49.5;

    /// <summary>Power of the pinch, 0 to .6. Default .32 (CIFAR-10-C-bar, severity 1).</summary>
    public double Amount { get; init; } = 0.32;
}

/// <summary>
/// Disks that are drawn together and turned, side by side (Mintun, Kirillov and Xie 2021, <c>PinchAndTwirl</c> in
/// imagenet_c_bar/corrupt.py). Along the shorter side lie 3 of them, 5 from 128 pixels on (the reference: 3 at 32, 5 at 224). With d the
/// distance from the middle by the radius, v the way from there, and t = sin(pi d / 2)^-amount, out(v) = in(t v turned by s angle (1 - d)^2), linear
/// between pixels, 0 outside the image, s = 1 or -1 at random for each disk; floor8.
/// </summary>
public sealed class PinchAndTwirl : Corruption
{
    // Weights sum to 1 only up to rounding, and a constant image must stay what it is.
    private const float Margin = 1e-3f;

    private readonly PinchAndTwirlParameters _parameters;

    /// <summary>Checks the parameters.</summary>
    /// <param name="id">Names and number.</param>
    /// <param name="parameters">Parameters.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public PinchAndTwirl(CorruptionId id, PinchAndTwirlParameters parameters)
        : base(id)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Guard.InRange(parameters.Angle, 0, 360);
        Guard.InRange(parameters.Amount, 0, 0.6);
        _parameters = parameters;
    }

    /// <summary>The line of the CIFAR-10-C-bar set: angles 9 s and amounts .04 s + .1 of the reference's severities s = 5.5, 6, 6.5, 8.5, 10.</summary>
    internal static CorruptionKind CifarBar { get; } = CorruptionKind.Scaled(
        "pinch_and_twirl",
        30,
        (id, parameters, _) => new PinchAndTwirl(id, parameters),
        [.. new[] { (49.5, 0.32), (54, 0.34), (58.5, 0.36), (76.5, 0.44), (90, 0.5) }
            .Select(entry => new PinchAndTwirlParameters { Angle = entry.Item1, Amount = entry.Item2 })]);

    /// <inheritdoc/>
    protected override void Render(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ref CounterRandom random, CorruptionScratch scratch)
    {
        var side = Side(shape);
        var backward = scratch.Take<bool>(shape.Height / side * (shape.Width / side));
        foreach (ref var one in backward)
            one = random.Below(2) == 0;
        Warp(source, destination, shape, backward, scratch);
    }

    /// <summary>Warps disk after disk, column by column of them.</summary>
    /// <param name="source">H x W x 3 bytes.</param>
    /// <param name="destination">H x W x 3 bytes.</param>
    /// <param name="shape">Height and width.</param>
    /// <param name="backward">For each disk, whether s is -1.</param>
    /// <param name="scratch">Buffers.</param>
    internal void Warp(
        ReadOnlySpan<byte> source, Span<byte> destination, ImageShape shape, ReadOnlySpan<bool> backward, CorruptionScratch scratch)
    {
        // A row and a column of zeros more: what lies outside.
        var plane = new ImageShape(shape.Height + 1, shape.Width + 1);
        var image = scratch.TakeZeroed<float>(3 * plane.PixelCount);
        for (var y = 0; y < shape.Height; y++)
            Pixels.ToFloat(source.Slice(3 * y * shape.Width, 3 * shape.Width), image[(3 * y * plane.Width)..]);

        var side = Side(shape);
        var tables = scratch.Table(this, plane, static (self, plane) => self.Tables(plane));
        var disk = scratch.Take<float>(3 * side * side);
        for (var i = 0; i < backward.Length; i++)
        {
            var (down, across) = (i % (shape.Height / side), i / (shape.Height / side));
            var square = image[(3 * side * ((down * plane.Width) + across))..];
            Warp(square, disk, backward[i] ? tables.Backward : tables.Forward, 3 * plane.Width);
            for (var y = 0; y < side; y++)
                disk.Slice(3 * y * side, 3 * side).CopyTo(square[(3 * y * plane.Width)..]);
        }

        for (var y = 0; y < shape.Height; y++)
            Pixels.Floor8(image.Slice(3 * y * plane.Width, 3 * shape.Width), destination[(3 * y * shape.Width)..], Margin);
    }

    private static int Side(ImageShape shape)
    {
        var shorter = int.Min(shape.Height, shape.Width);
        return shorter / (shorter < 128 ? 3 : 5);
    }

    private static void Warp(ReadOnlySpan<float> square, Span<float> disk, Tap[] taps, int stride)
    {
        for (var i = 0; i < taps.Length; i++)
        {
            var (place, down, across) = taps[i];
            var upper = square.Slice(place, 6);
            var lower = square.Slice(place + stride, 6);
            for (var channel = 0; channel < 3; channel++)
            {
                var above = ((1 - across) * upper[channel]) + (across * upper[channel + 3]);
                var below = ((1 - across) * lower[channel]) + (across * lower[channel + 3]);
                disk[(3 * i) + channel] = ((1 - down) * above) + (down * below);
            }
        }
    }

    private Pair Tables(ImageShape plane)
    {
        var side = Side(new(plane.Height - 1, plane.Width - 1));
        var angle = Math.PI / 180 * _parameters.Angle;
        return new(Table(side, 3 * plane.Width, angle), Table(side, 3 * plane.Width, -angle));
    }

    private Tap[] Table(int side, int stride, double angle)
    {
        var taps = new Tap[side * side];
        for (var i = 0; i < taps.Length; i++)
        {
            // From the row and the column of the square to where its colour comes from.
            var radius = side / 2.0;
            double y = i / side, x = i % side;
            var (down, across) = (y - radius, x - radius);
            var distance = Math.Sqrt((down * down) + (across * across)) / radius;
            if (distance is > 0 and <= 1)
            {
                var pinch = Math.Pow(Math.Sin(Math.PI / 2 * distance), -_parameters.Amount);
                var (sine, cosine) = Math.SinCos(angle * (1 - distance) * (1 - distance));
                (y, x) = (radius + (pinch * ((down * cosine) - (across * sine))), radius + (pinch * ((down * sine) + (across * cosine))));
                (y, x) = (Math.Clamp(y, 0, side - 1e-9), Math.Clamp(x, 0, side - 1e-9));
            }

            var (top, left) = ((int)y, (int)x);
            taps[i] = new((top * stride) + (3 * left), (float)(y - top), (float)(x - left));
        }

        return taps;
    }

    private readonly record struct Tap(int Place, float Down, float Across);

    private sealed record Pair(Tap[] Forward, Tap[] Backward);
}
