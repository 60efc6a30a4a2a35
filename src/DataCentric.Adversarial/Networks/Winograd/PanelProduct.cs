using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DataCentric.Adversarial.Networks.Winograd;

/// <summary>
/// Matrix product with a panel of 16 columns. Blocks of 6 x 16 sums stay in registers, as in BLIS (Van Zee and van de Geijn 2015): per
/// step two loads and six broadcasts feed twelve multiply-adds.
/// </summary>
internal static unsafe class PanelProduct
{
    /// <summary>Rows that are computed together.</summary>
    public const int Rows = 6;

    /// <summary>Columns of a panel.</summary>
    public const int Columns = 16;

    private const int Line = 16; // values in a line of the cache

    /// <summary>C = A B.</summary>
    /// <param name="a">A: rows x depth.</param>
    /// <param name="stepA">From one row of A to the next.</param>
    /// <param name="b">B: depth x 16, without gaps.</param>
    /// <param name="c">C: rows x 16.</param>
    /// <param name="stepC">From one row of C to the next.</param>
    /// <param name="rows">A multiple of <see cref="Rows"/>.</param>
    /// <param name="depth">A multiple of 16.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(float* a, nint stepA, float* b, float* c, nint stepC, int rows, int depth)
    {
        for (var row = 0; row < rows; row += Rows, a += Rows * stepA, c += Rows * stepC)
            SixRows(a, stepA, b, c, stepC, depth);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SixRows(float* a, nint stepA, float* b, float* c, nint stepC, nint depth)
    {
        const int half = Columns / 2;
        var c00 = Vector256<float>.Zero;
        var (c01, c10, c11, c20, c21, c30, c31, c40, c41, c50, c51) = (c00, c00, c00, c00, c00, c00, c00, c00, c00, c00, c00);
        var lower = a + (3 * stepA);
        for (nint line = 0; line < depth; line += Line)
        {
            Prefetch(a + (Rows * stepA) + line, stepA);
            for (var i = line; i < line + Line; i++, b += Columns)
            {
                var (left, right) = (Vector256.Load(b), Vector256.Load(b + half));
                var value = Vector256.Create(a[i]);
                (c00, c01) = (Vector256.FusedMultiplyAdd(value, left, c00), Vector256.FusedMultiplyAdd(value, right, c01));
                value = Vector256.Create(a[i + stepA]);
                (c10, c11) = (Vector256.FusedMultiplyAdd(value, left, c10), Vector256.FusedMultiplyAdd(value, right, c11));
                value = Vector256.Create(a[i + (2 * stepA)]);
                (c20, c21) = (Vector256.FusedMultiplyAdd(value, left, c20), Vector256.FusedMultiplyAdd(value, right, c21));
                value = Vector256.Create(lower[i]);
                (c30, c31) = (Vector256.FusedMultiplyAdd(value, left, c30), Vector256.FusedMultiplyAdd(value, right, c31));
                value = Vector256.Create(lower[i + stepA]);
                (c40, c41) = (Vector256.FusedMultiplyAdd(value, left, c40), Vector256.FusedMultiplyAdd(value, right, c41));
                value = Vector256.Create(lower[i + (2 * stepA)]);
                (c50, c51) = (Vector256.FusedMultiplyAdd(value, left, c50), Vector256.FusedMultiplyAdd(value, right, c51));
            }
        }

        Store(c00, c01, c);
        Store(c10, c11, c + stepC);
        Store(c20, c21, c + (2 * stepC));
        Store(c30, c31, c + (3 * stepC));
        Store(c40, c41, c + (4 * stepC));
        Store(c50, c51, c + (5 * stepC));
    }

    // The next rows: the processor does not foresee rows that lie far apart.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(float* a, nint stepA)
    {
        for (var row = 0; row < Rows; row++)
            Sse.Prefetch0(a + (row * stepA));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> left, Vector256<float> right, float* c)
    {
        left.Store(c);
        right.Store(c + (Columns / 2));
    }
}
