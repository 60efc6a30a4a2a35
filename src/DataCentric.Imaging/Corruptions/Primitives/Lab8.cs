namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>
/// CIE Lab in bytes as OpenCV stores it: L 255/100, a + 128, b + 128; sRGB primaries and transfer curve, white D65. The forward
/// direction is integer arithmetic on tables (12-bit matrix, 15-bit roots), the same on every machine.
/// </summary>
internal static class Lab8
{
    private const int MatrixBits = 12;
    private const int RootBits = 15;
    private const int LinearSteps = 255 * 8;
    private const double Epsilon = 0.008856;
    private static readonly double[] White = [0.950456, 1, 1.088754];
    private static readonly double[] ToXyz =
        [0.412453, 0.357580, 0.180423, 0.212671, 0.715160, 0.072169, 0.019334, 0.119193, 0.950227];
    private static readonly double[] FromXyz =
        [3.240479, -1.53715, -0.498535, -0.969256, 1.875991, 0.041556, 0.055648, -0.204043, 1.057311];

    private static readonly int[] Linear = [.. Enumerable.Range(0, 256).Select(v => (int)Math.Round(LinearSteps * Decode(v / 255.0)))];
    private static readonly int[] Matrix = [.. ToXyz.Select((m, i) => (int)Math.Round((1 << MatrixBits) * m / White[i / 3]))];
    private static readonly int[] Roots =
        [.. Enumerable.Range(0, LinearSteps * 3 / 2).Select(i => (int)Math.Round((1 << RootBits) * Root(i / (double)LinearSteps)))];

    /// <summary>RGB bytes to Lab bytes.</summary>
    public static (byte L, byte A, byte B) Of(byte red, byte green, byte blue)
    {
        var (r, g, b) = (Linear[red], Linear[green], Linear[blue]);
        var x = Roots[Scale((r * Matrix[0]) + (g * Matrix[1]) + (b * Matrix[2]), MatrixBits)];
        var y = Roots[Scale((r * Matrix[3]) + (g * Matrix[4]) + (b * Matrix[5]), MatrixBits)];
        var z = Roots[Scale((r * Matrix[6]) + (g * Matrix[7]) + (b * Matrix[8]), MatrixBits)];
        const int Middle = 128 << RootBits;

        // L = 116 f(y) - 16 and a = 500 (f(x) - f(y)), b = 200 (f(y) - f(z)), L times 2.55.
        const int LFactor = ((116 * 255) + 50) / 100;
        const int LShift = -((16 * 255 * (1 << RootBits)) + 50) / 100;
        return (
            Clip(Scale((LFactor * y) + LShift, RootBits)),
            Clip(Scale((500 * (x - y)) + Middle, RootBits)),
            Clip(Scale((200 * (y - z)) + Middle, RootBits)));
    }

    /// <summary>Lab bytes to RGB bytes.</summary>
    public static (byte Red, byte Green, byte Blue) ToRgb(byte l, byte a, byte b)
    {
        var fy = ((l * 100 / 255.0) + 16) / 116;
        var (fx, fz) = (fy + ((a - 128) / 500.0), fy - ((b - 128) / 200.0));
        var (x, y, z) = (White[0] * Unroot(fx), Unroot(fy), White[2] * Unroot(fz));
        return (
            Encode((FromXyz[0] * x) + (FromXyz[1] * y) + (FromXyz[2] * z)),
            Encode((FromXyz[3] * x) + (FromXyz[4] * y) + (FromXyz[5] * z)),
            Encode((FromXyz[6] * x) + (FromXyz[7] * y) + (FromXyz[8] * z)));
    }

    private static double Decode(double value) => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);

    private static byte Encode(double value)
    {
        value = Math.Clamp(value, 0, 1);
        var encoded = value <= 0.0031308 ? value * 12.92 : (1.055 * Math.Pow(value, 1 / 2.4)) - 0.055;
        return (byte)Math.Round(255 * encoded);
    }

    private static double Root(double value) => value < Epsilon ? (value * 7.787) + (16 / 116.0) : Math.Cbrt(value);

    private static double Unroot(double root)
    {
        var cube = root * root * root;
        return cube > Epsilon ? cube : (root - (16 / 116.0)) / 7.787;
    }

    private static int Scale(int value, int bits) => (value + (1 << (bits - 1))) >> bits;

    private static byte Clip(int value) => (byte)Math.Clamp(value, 0, 255);
}
