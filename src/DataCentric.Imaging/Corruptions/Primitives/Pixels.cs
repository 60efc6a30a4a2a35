using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>Bytes to floats and back, 32 at a time.</summary>
internal static class Pixels
{
    /// <summary>Widens bytes to floats 0..255.</summary>
    public static void ToFloat(ReadOnlySpan<byte> source, Span<float> destination)
    {
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(destination[..source.Length]);
        var index = 0;
        for (; index <= source.Length - 32; index += 32)
        {
            var (low, high) = Vector256.Widen(Vector256.LoadUnsafe(ref from, (nuint)index));
            Widen(low, ref Unsafe.Add(ref to, index));
            Widen(high, ref Unsafe.Add(ref to, index + 16));
        }

        for (; index < source.Length; index++)
            Unsafe.Add(ref to, index) = Unsafe.Add(ref from, index);
    }

    /// <summary>round8: the nearest byte, halves to even as OpenCV rounds, clipped to 0..255.</summary>
    public static void Round8(ReadOnlySpan<float> source, Span<byte> destination)
    {
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(destination[..source.Length]);
        var index = 0;
        for (; index <= source.Length - 32; index += 32)
        {
            Narrow(
                Vector256.Round(Vector256.LoadUnsafe(ref from, (nuint)index)),
                Vector256.Round(Vector256.LoadUnsafe(ref from, (nuint)(index + 8))),
                Vector256.Round(Vector256.LoadUnsafe(ref from, (nuint)(index + 16))),
                Vector256.Round(Vector256.LoadUnsafe(ref from, (nuint)(index + 24)))).StoreUnsafe(ref to, (nuint)index);
        }

        for (; index < source.Length; index++)
            Unsafe.Add(ref to, index) = Round8(Unsafe.Add(ref from, index));
    }

    /// <summary>floor8 of the value plus a margin: clipped to 0..255, the fraction cut off.</summary>
    public static void Floor8(ReadOnlySpan<float> source, Span<byte> destination, float margin = 0)
    {
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(destination[..source.Length]);
        var added = Vector256.Create(margin);
        var index = 0;
        for (; index <= source.Length - 32; index += 32)
        {
            Narrow(
                Vector256.LoadUnsafe(ref from, (nuint)index) + added,
                Vector256.LoadUnsafe(ref from, (nuint)(index + 8)) + added,
                Vector256.LoadUnsafe(ref from, (nuint)(index + 16)) + added,
                Vector256.LoadUnsafe(ref from, (nuint)(index + 24)) + added).StoreUnsafe(ref to, (nuint)index);
        }

        for (; index < source.Length; index++)
            Unsafe.Add(ref to, index) = Floor8(Unsafe.Add(ref from, index) + margin);
    }

    /// <summary>round8 of one value.</summary>
    public static byte Round8(float value) => (byte)Math.Clamp(MathF.Round(value), 0f, 255f);

    /// <summary>floor8 of one value.</summary>
    public static byte Floor8(float value) => (byte)Math.Clamp(value, 0f, 255f);

    /// <summary>floor8 of one value.</summary>
    public static byte Floor8(double value) => (byte)Math.Clamp(value, 0.0, 255.0);

    private static void Widen(Vector256<ushort> values, ref float destination)
    {
        var (low, high) = Vector256.Widen(values);
        Vector256.ConvertToSingle(low.AsInt32()).StoreUnsafe(ref destination);
        Vector256.ConvertToSingle(high.AsInt32()).StoreUnsafe(ref destination, 8);
    }

    private static Vector256<byte> Narrow(Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d) =>
        Vector256.Narrow(Vector256.Narrow(ToUInt32(a), ToUInt32(b)), Vector256.Narrow(ToUInt32(c), ToUInt32(d)));

    private static Vector256<uint> ToUInt32(Vector256<float> values) =>
        Vector256.ConvertToInt32Native(Vector256.Clamp(values, Vector256<float>.Zero, Vector256.Create(255f))).AsUInt32();
}
