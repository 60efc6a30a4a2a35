using System.Numerics;
using System.Runtime.InteropServices;

namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>Uniform numbers from uniform bits, in bulk.</summary>
internal static class Uniforms
{
    /// <summary>Uniform in -scale..scale: the middles of 2^24 equal steps.</summary>
    public static void Symmetric(ReadOnlySpan<uint> draws, float scale, Span<float> output)
    {
        var step = scale / (1 << 23);
        var vectors = MemoryMarshal.Cast<uint, Vector<int>>(draws);
        for (var i = 0; i < vectors.Length; i++)
            ((Vector.ConvertToSingle(vectors[i] >> 8) + new Vector<float>(0.5f)) * step).CopyTo(output[(i * Vector<float>.Count)..]);
        for (var i = vectors.Length * Vector<float>.Count; i < draws.Length; i++)
            output[i] = (((int)draws[i] >> 8) + 0.5f) * step;
    }
}
