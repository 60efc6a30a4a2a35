using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace DataCentric.Imaging.Duplicates;

/// <summary>
/// How alike two grey pictures are in their fine detail, which is the picture less its mean over 5x5 pixels, where one may be moved: the
/// largest correlation between the inner part of the first and parts of the same size of the second. Coarse structure does not count, since
/// all ships before a sky have the same.
/// </summary>
internal sealed class FineDetail
{
    private const int Side = Picture.MostSide;
    private const int Reach = 3; // pixels of 32: the copies in CIFAR-10 are moved by less
    private const int Moves = (2 * Reach) + 1;
    private const int Inner = Side - (2 * Reach);
    private const int Blur = 2;
    private const int Taps = (2 * Blur) + 1;
    private const int PaddedSide = Side + (2 * Blur);

    /// <summary>Parts with less detail than this (length, in levels) count as if they had as much: it is noise.</summary>
    private const float LeastDetail = 20;

    /// <summary>The inner rows, each with zeros at its end, so that more of another picture's row may be multiplied with it.</summary>
    private readonly float[] _inner = new float[Inner * Side];
    private readonly float _length;

    /// <summary>Prepares the comparison of a picture with others.</summary>
    public FineDetail(Picture picture)
    {
        Span<float> detail = stackalloc float[Side * Side];
        Of(picture, detail);
        for (var y = 0; y < Inner; y++)
            detail.Slice(((y + Reach) * Side) + Reach, Inner).CopyTo(_inner.AsSpan(y * Side));
        _length = Math.Max(LeastDetail, TensorPrimitives.Norm<float>(_inner));
    }

    /// <summary>-1 to 1.</summary>
    /// <param name="other">The picture that may be moved.</param>
    public double Correlation(Picture other)
    {
        Span<float> detail = stackalloc float[(Side * Side) + Moves];
        Span<float> lengths = stackalloc float[Moves * Moves];
        Span<float> products = stackalloc float[Moves * Moves];
        Of(other, detail[..(Side * Side)]);
        MovedLengths(detail[..(Side * Side)], lengths);
        for (var dy = 0; dy < Moves; dy++)
            Products(detail[(dy * Side)..], products.Slice(dy * Moves, Moves));
        var best = -1f;
        for (var move = 0; move < lengths.Length; move++)
            best = Math.Max(best, products[move] / (_length * Math.Max(LeastDetail, lengths[move])));
        return best;
    }

    /// <summary>Sums of the products with seven parts, each a column on: side by side, since one sum would wait for itself.</summary>
    private void Products(ReadOnlySpan<float> detail, Span<float> products)
    {
        Vector256<float> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default;
        for (var i = 0; i < _inner.Length; i += Vector256<float>.Count)
        {
            var inner = Vector256.Create(_inner.AsSpan(i));
            var part = detail.Slice(i, Vector256<float>.Count + Moves - 1);
            s0 += inner * Vector256.Create(part);
            s1 += inner * Vector256.Create(part[1..]);
            s2 += inner * Vector256.Create(part[2..]);
            s3 += inner * Vector256.Create(part[3..]);
            s4 += inner * Vector256.Create(part[4..]);
            s5 += inner * Vector256.Create(part[5..]);
            s6 += inner * Vector256.Create(part[6..]);
        }

        ReadOnlySpan<Vector256<float>> sums = [s0, s1, s2, s3, s4, s5, s6];
        for (var dx = 0; dx < Moves; dx++)
            products[dx] = Vector256.Sum(sums[dx]);
    }

    private static void Of(Picture picture, Span<float> detail)
    {
        Span<byte> grey = stackalloc byte[Side * Side];
        picture.Grey(grey);
        Span<float> padded = stackalloc float[PaddedSide * PaddedSide];
        for (var row = 0; row < PaddedSide; row++)
            Pad(grey.Slice(Math.Clamp(row - Blur, 0, Side - 1) * Side, Side), padded.Slice(row * PaddedSide, PaddedSide));

        Span<float> across = stackalloc float[padded.Length - Taps + 1]; // the sums that span two rows are not used
        Span<float> sums = stackalloc float[across.Length - ((Taps - 1) * PaddedSide)];
        AddUp(padded, 1, across);
        AddUp(across, PaddedSide, sums);
        TensorPrimitives.Multiply(sums, -1f / (Taps * Taps), sums);
        for (var y = 0; y < Side; y++)
            TensorPrimitives.Add(sums.Slice(y * PaddedSide, Side), padded.Slice(((y + Blur) * PaddedSide) + Blur, Side), detail.Slice(y * Side, Side));
    }

    private static void Pad(ReadOnlySpan<byte> row, Span<float> padded)
    {
        padded[..Blur].Fill(row[0]);
        TensorPrimitives.ConvertTruncating(row, padded.Slice(Blur, Side));
        padded[(Blur + Side)..].Fill(row[^1]);
    }

    /// <summary>Sums of five values each, a step apart.</summary>
    private static void AddUp(ReadOnlySpan<float> values, int step, Span<float> sums)
    {
        values[..sums.Length].CopyTo(sums);
        for (var tap = 1; tap < Taps; tap++)
            TensorPrimitives.Add(sums, values.Slice(tap * step, sums.Length), sums);
    }

    /// <summary>Length of each part of the inner size, by row and column of its corner.</summary>
    private static void MovedLengths(ReadOnlySpan<float> detail, Span<float> lengths)
    {
        Span<float> squares = stackalloc float[Side * Side];
        TensorPrimitives.Multiply(detail, detail, squares);
        Span<float> columns = stackalloc float[Side];
        for (var dy = 0; dy < Moves; dy++)
        {
            columns.Clear();
            for (var y = 0; y < Inner; y++)
                TensorPrimitives.Add(columns, squares.Slice((dy + y) * Side, Side), columns);
            for (var dx = 0; dx < Moves; dx++)
                lengths[(dy * Moves) + dx] = MathF.Sqrt(TensorPrimitives.Sum<float>(columns.Slice(dx, Inner)));
        }
    }
}
