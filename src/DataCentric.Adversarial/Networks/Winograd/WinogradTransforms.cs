using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Lanes = System.Runtime.Intrinsics.Vector256<float>;

namespace DataCentric.Adversarial.Networks.Winograd;

/// <summary>
/// The transforms of F(4x4, 3x3): Y = A'[(G g G') * (B' d B)] A (Lavin and Gray 2016, arXiv 1509.09308, section 4.3), for eight channels
/// at a time. Each two-dimensional transform is the one-dimensional one over columns, then over rows.
/// </summary>
internal static unsafe class WinogradTransforms
{
    /// <summary>Channels that are transformed together.</summary>
    public const int Together = 8;

    /// <summary>Side of an output tile.</summary>
    public const int Tile = 4;

    /// <summary>Side of an input tile, which overlaps its neighbours by two.</summary>
    public const int Window = Tile + 2;

    /// <summary>Values of a transformed tile or kernel.</summary>
    public const int Points = Window * Window;

    private const int Kernel = 3;

    /// <summary>B' d B.</summary>
    /// <param name="window">Where the values of the 6 x 6 places lie, row by row.</param>
    /// <param name="channel">First of the channels.</param>
    /// <param name="to">Receives the points.</param>
    /// <param name="step">From one point to the next.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Input(float** window, nint channel, float* to, nint step)
    {
        var half = stackalloc Lanes[Points];
        for (var x = 0; x < Window; x++)
        {
            var at = window + x;
            Input(Load(at[0]), Load(at[Window]), Load(at[2 * Window]), Load(at[3 * Window]), Load(at[4 * Window]), Load(at[5 * Window]), (float*)(half + x), Window * Together);
        }

        for (var y = 0; y < Window; y++)
        {
            var row = half + (y * Window);
            Input(row[0], row[1], row[2], row[3], row[4], row[5], to + (y * Window * step), step);
        }

        Lanes Load(float* place) => Vector256.Load(place + channel);
    }

    /// <summary>G g G'.</summary>
    /// <param name="kernel">The first of 3 x 3 taps for these channels.</param>
    /// <param name="step">From one tap to the next; negative where <paramref name="kernel"/> is the last tap, of a kernel turned by 180 degrees.</param>
    /// <param name="to">Receives the points.</param>
    /// <param name="stepTo">From one point to the next.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Weights(float* kernel, nint step, float* to, nint stepTo)
    {
        var half = stackalloc Lanes[Window * Kernel];
        for (var x = 0; x < Kernel; x++)
        {
            var tap = kernel + (x * step);
            Weights(Vector256.Load(tap), Vector256.Load(tap + (Kernel * step)), Vector256.Load(tap + (2 * Kernel * step)), (float*)(half + x), Kernel * Together);
        }

        for (var y = 0; y < Window; y++)
        {
            var row = half + (y * Kernel);
            Weights(row[0], row[1], row[2], to + (y * Window * stepTo), stepTo);
        }
    }

    /// <summary>A' m A.</summary>
    /// <param name="points">Values of the first point for these channels.</param>
    /// <param name="step">From one point to the next.</param>
    /// <param name="tile">Receives the 4 x 4 values, row by row.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Output(float* points, nint step, Lanes* tile)
    {
        var half = stackalloc Lanes[Tile * Window];
        for (var x = 0; x < Window; x++)
        {
            var at = points + (x * step);
            Output(At(0), At(1), At(2), At(3), At(4), At(5), half + x, Window);

            Lanes At(int y) => Vector256.Load(at + (y * Window * step));
        }

        for (var y = 0; y < Tile; y++)
        {
            var row = half + (y * Window);
            Output(row[0], row[1], row[2], row[3], row[4], row[5], tile + (y * Tile), 1);
        }
    }

    // B' = [4 0 -5 0 1 0; 0 -4 -4 1 1 0; 0 4 -4 -1 1 0; 0 -2 -1 2 1 0; 0 2 -1 -2 1 0; 0 4 0 -5 0 1]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Input(Lanes d0, Lanes d1, Lanes d2, Lanes d3, Lanes d4, Lanes d5, float* to, nint step)
    {
        var (four, minusFour) = (Vector256.Create(4f), Vector256.Create(-4f));
        var (even, odd) = (Vector256.FusedMultiplyAdd(minusFour, d2, d4), Vector256.FusedMultiplyAdd(minusFour, d1, d3));
        var (outer, inner) = (d4 - d2, d3 - d1);
        inner += inner;
        Vector256.FusedMultiplyAdd(four, d0 - d2, outer).Store(to);
        (even + odd).Store(to + step);
        (even - odd).Store(to + (2 * step));
        (outer + inner).Store(to + (3 * step));
        (outer - inner).Store(to + (4 * step));
        Vector256.FusedMultiplyAdd(four, d1 - d3, d5 - d3).Store(to + (5 * step));
    }

    // G = [1/4 0 0; -1/6 -1/6 -1/6; -1/6 1/6 -1/6; 1/24 1/12 1/6; 1/24 -1/12 1/6; 0 0 1]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Weights(Lanes g0, Lanes g1, Lanes g2, float* to, nint step)
    {
        var (sixth, twelfth) = (g1 * (1f / 6), g1 * (1f / 12));
        var near = (g0 + g2) * (-1f / 6);
        var far = Vector256.FusedMultiplyAdd(g0, Vector256.Create(1f / 24), g2 * (1f / 6));
        (g0 * (1f / 4)).Store(to);
        (near - sixth).Store(to + step);
        (near + sixth).Store(to + (2 * step));
        (far + twelfth).Store(to + (3 * step));
        (far - twelfth).Store(to + (4 * step));
        g2.Store(to + (5 * step));
    }

    // A' = [1 1 1 1 1 0; 0 1 -1 2 -2 0; 0 1 1 4 4 0; 0 1 -1 8 -8 1]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Output(Lanes m0, Lanes m1, Lanes m2, Lanes m3, Lanes m4, Lanes m5, Lanes* to, nint step)
    {
        var (near, far) = (m1 + m2, m3 + m4);
        var (nearOdd, farOdd) = (m1 - m2, m3 - m4);
        to[0] = m0 + near + far;
        to[step] = Vector256.FusedMultiplyAdd(Vector256.Create(2f), farOdd, nearOdd);
        to[2 * step] = Vector256.FusedMultiplyAdd(Vector256.Create(4f), far, near);
        to[3 * step] = Vector256.FusedMultiplyAdd(Vector256.Create(8f), farOdd, nearOdd) + m5;
    }
}
