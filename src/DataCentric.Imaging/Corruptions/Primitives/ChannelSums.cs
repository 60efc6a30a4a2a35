using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>Sums of the channels of RGB pixels.</summary>
internal static class ChannelSums
{
    private const int Channels = 3;

    /// <summary>Sums each channel.</summary>
    /// <param name="pixels">3 N bytes.</param>
    /// <param name="sums">Receives three sums.</param>
    public static void Count(ReadOnlySpan<byte> pixels, Span<long> sums)
    {
        sums[..Channels].Clear();
        var done = Avx2.IsSupported ? CountVectors(pixels, sums) : 0;
        for (var i = done; i < pixels.Length; i++)
            sums[i % Channels] += pixels[i];
    }

    // Three vectors hold 32 whole pixels, so byte i of vector v always belongs to channel (32 v + i) mod 3; what is not of a channel is masked.
    private static int CountVectors(ReadOnlySpan<byte> pixels, Span<long> sums)
    {
        var vectors = MemoryMarshal.Cast<byte, Vector256<byte>>(pixels);
        vectors = vectors[..(vectors.Length / Channels * Channels)];
        for (var channel = 0; channel < Channels; channel++)
        {
            var (a, b, c) = (Mask(channel), Mask(channel + 1), Mask(channel + 2));
            var sum = Vector256<long>.Zero;
            for (var i = 0; i < vectors.Length; i += Channels)
                sum += Sum(vectors[i] & a) + Sum(vectors[i + 1] & b) + Sum(vectors[i + 2] & c);
            sums[channel] += Vector256.Sum(sum);
        }

        return vectors.Length * Vector256<byte>.Count;

        static Vector256<long> Sum(Vector256<byte> bytes) => Avx2.SumAbsoluteDifferences(bytes, Vector256<byte>.Zero).AsInt64();
    }

    // 32 is 2 modulo 3, so the places of a channel move on by one from vector to vector.
    private static Vector256<byte> Mask(int place)
    {
        Span<byte> mask = stackalloc byte[Vector256<byte>.Count];
        mask.Clear();
        for (var i = place % Channels; i < mask.Length; i += Channels)
            mask[i] = byte.MaxValue;
        return Vector256.Create<byte>(mask);
    }
}
