using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>
/// Fourier sums X[k] = sum over s of x[s] e^(2 pi i k s / n) of many sequences at once, one in each column; n is any number. Stockham's
/// form of the algorithm of Cooley and Tukey (1965) with factors 4, 2 and the odd primes of n: its results are in order.
/// </summary>
internal sealed class FourierAxis
{
    private readonly int _length;
    private readonly int[] _factors;
    private readonly float[] _cosines;
    private readonly float[] _sines;

    /// <summary>Makes the tables.</summary>
    /// <param name="length">n, at least 1.</param>
    public FourierAxis(int length)
    {
        _length = length;
        _factors = [.. Factors(length)];
        _cosines = [.. Enumerable.Range(0, length).Select(i => (float)Math.Cos(2 * Math.PI * i / length))];
        _sines = [.. Enumerable.Range(0, length).Select(i => (float)Math.Sin(2 * Math.PI * i / length))];
    }

    /// <summary>Sums up every column.</summary>
    /// <param name="real">n rows of real parts, one after the other; receives those of the sums.</param>
    /// <param name="imaginary">Imaginary parts.</param>
    /// <param name="scratch">Buffers.</param>
    public void Transform(Span<float> real, Span<float> imaginary, CorruptionScratch scratch)
    {
        var mark = scratch.Remember();
        var otherReal = scratch.Take<float>(real.Length);
        var otherImaginary = scratch.Take<float>(real.Length);
        var done = 1;
        for (var stage = 0; stage < _factors.Length; stage++)
        {
            if (stage % 2 == 0)
                Stage(real, imaginary, otherReal, otherImaginary, _factors[stage], done);
            else
                Stage(otherReal, otherImaginary, real, imaginary, _factors[stage], done);
            done *= _factors[stage];
        }

        if (_factors.Length % 2 != 0)
        {
            otherReal.CopyTo(real);
            otherImaginary.CopyTo(imaginary);
        }

        scratch.Release(mark);
    }

    // Row k l + j holds sum j, of l, over every (n/l)th value from the kth on. Of f such rows comes one of f l:
    // y[(k f + q) l + j] = sum over r of x[(k + m r) l + j] e^(2 pi i r (j + l q) / (f l)), m = n / (f l).
    private void Stage(
        ReadOnlySpan<float> fromReal, ReadOnlySpan<float> fromImaginary, Span<float> toReal, Span<float> toImaginary, int factor, int done)
    {
        var lanes = fromReal.Length / _length;
        var groups = _length / (factor * done);
        for (var k = 0; k < groups; k++)
        {
            for (var sum = 0; sum < factor * done; sum++)
            {
                var (row, first) = (((k * factor * done) + sum) * lanes, (k * done) + (sum % done));
                var real = toReal.Slice(row, lanes);
                var imaginary = toImaginary.Slice(row, lanes);
                fromReal.Slice(first * lanes, lanes).CopyTo(real);
                fromImaginary.Slice(first * lanes, lanes).CopyTo(imaginary);
                for (var r = 1; r < factor; r++)
                {
                    var from = (first + (r * groups * done)) * lanes;
                    var turn = r * sum * groups % _length;
                    AddTurned(
                        fromReal.Slice(from, lanes), fromImaginary.Slice(from, lanes), _cosines[turn], _sines[turn], real, imaginary);
                }
            }
        }
    }

    // sum += x (c + i s).
    private static void AddTurned(
        ReadOnlySpan<float> real, ReadOnlySpan<float> imaginary, float cosine, float sine, Span<float> sumReal, Span<float> sumImaginary)
    {
        var a = MemoryMarshal.Cast<float, Vector256<float>>(real);
        var b = MemoryMarshal.Cast<float, Vector256<float>>(imaginary);
        var c = MemoryMarshal.Cast<float, Vector256<float>>(sumReal);
        var d = MemoryMarshal.Cast<float, Vector256<float>>(sumImaginary);
        for (var i = 0; i < a.Length; i++)
        {
            c[i] += (a[i] * cosine) - (b[i] * sine);
            d[i] += (a[i] * sine) + (b[i] * cosine);
        }

        for (var i = a.Length * Vector256<float>.Count; i < real.Length; i++)
        {
            sumReal[i] += (real[i] * cosine) - (imaginary[i] * sine);
            sumImaginary[i] += (real[i] * sine) + (imaginary[i] * cosine);
        }
    }

    private static IEnumerable<int> Factors(int length)
    {
        for (; length % 4 == 0; length /= 4)
            yield return 4;
        for (var factor = 2; length > 1; factor++)
        {
            for (; length % factor == 0; length /= factor)
                yield return factor;
        }
    }
}
