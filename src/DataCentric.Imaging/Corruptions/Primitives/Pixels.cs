using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

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

    /// <summary>Rounds in place to whole numbers 0..255, halves to even.</summary>
    public static void RoundInPlace(Span<float> values)
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        var index = 0;
        for (; index <= values.Length - 8; index += 8)
            Clip(Vector256.Round(Vector256.LoadUnsafe(ref first, (nuint)index))).StoreUnsafe(ref first, (nuint)index);
        for (; index < values.Length; index++)
            Unsafe.Add(ref first, index) = Round8(Unsafe.Add(ref first, index));
    }

    /// <summary>Repeats the value of each pixel for its three channels.</summary>
    /// <param name="map">N values.</param>
    /// <param name="values">3 N values.</param>
    public static void Triple(ReadOnlySpan<float> map, Span<float> values)
    {
        ref var from = ref MemoryMarshal.GetReference(map);
        ref var to = ref MemoryMarshal.GetReference(values[..(3 * map.Length)]);
        var index = 0;
        for (; index <= map.Length - 8; index += 8)
        {
            var eight = Vector256.LoadUnsafe(ref from, (nuint)index);
            Vector256.Shuffle(eight, Vector256.Create(0, 0, 0, 1, 1, 1, 2, 2)).StoreUnsafe(ref to, (nuint)(3 * index));
            Vector256.Shuffle(eight, Vector256.Create(2, 3, 3, 3, 4, 4, 4, 5)).StoreUnsafe(ref to, (nuint)((3 * index) + 8));
            Vector256.Shuffle(eight, Vector256.Create(5, 5, 6, 6, 6, 7, 7, 7)).StoreUnsafe(ref to, (nuint)((3 * index) + 16));
        }

        for (; index < map.Length; index++)
            values.Slice(3 * index, 3).Fill(map[index]);
    }

    /// <summary>Grey of RGB pixels: .299 R + .587 G + .114 B.</summary>
    /// <param name="pixels">3 N values.</param>
    /// <param name="grey">N values.</param>
    public static void Grey(ReadOnlySpan<float> pixels, Span<float> grey)
    {
        // Eight values of a channel lie in three vectors, each in a lane of its own.
        var everyThird = Vector256.Create(-1, 0, 0, -1, 0, 0, -1, 0).AsSingle();
        var fromFirst = Vector256.Create(0, -1, 0, 0, -1, 0, 0, -1).AsSingle();
        var index = 0;
        for (; index <= grey.Length - 8; index += 8)
        {
            var a = Vector256.Create(pixels.Slice(3 * index, 8));
            var b = Vector256.Create(pixels.Slice((3 * index) + 8, 8));
            var c = Vector256.Create(pixels.Slice((3 * index) + 16, 8));
            var red = Vector256.Shuffle(Select(a, b, c), Vector256.Create(0, 3, 6, 1, 4, 7, 2, 5));
            var green = Vector256.Shuffle(Select(c, a, b), Vector256.Create(1, 4, 7, 2, 5, 0, 3, 6));
            var blue = Vector256.Shuffle(Select(b, c, a), Vector256.Create(2, 5, 0, 3, 6, 1, 4, 7));
            ((0.299f * red) + (0.587f * green) + (0.114f * blue)).CopyTo(grey[index..]);
        }

        for (; index < grey.Length; index++)
            grey[index] = (0.299f * pixels[3 * index]) + (0.587f * pixels[(3 * index) + 1]) + (0.114f * pixels[(3 * index) + 2]);

        Vector256<float> Select(Vector256<float> first, Vector256<float> second, Vector256<float> third) =>
            Vector256.ConditionalSelect(everyThird, first, Vector256.ConditionalSelect(fromFirst, second, third));
    }

    /// <summary>Replaces whole numbers 0..255 by what a table has for them.</summary>
    /// <param name="values">Whole numbers 0..255.</param>
    /// <param name="table">256 values.</param>
    public static unsafe void LookUp(Span<float> values, ReadOnlySpan<float> table)
    {
        var index = 0;
        if (Avx2.IsSupported)
        {
            fixed (float* first = table)
            {
                for (; index <= values.Length - 8; index += 8)
                    Avx2.GatherVector256(first, Vector256.ConvertToInt32Native(Vector256.Create<float>(values.Slice(index, 8))), sizeof(float)).CopyTo(values[index..]);
            }
        }

        for (; index < values.Length; index++)
            values[index] = table[(int)values[index]];
    }

    /// <summary>first = a first + b second.</summary>
    public static void Blend(Span<float> first, float a, ReadOnlySpan<float> second, float b)
    {
        var sums = MemoryMarshal.Cast<float, Vector256<float>>(first);
        var added = MemoryMarshal.Cast<float, Vector256<float>>(second[..first.Length]);
        for (var i = 0; i < sums.Length; i++)
            sums[i] = (a * sums[i]) + (b * added[i]);
        for (var i = sums.Length * Vector256<float>.Count; i < first.Length; i++)
            first[i] = (a * first[i]) + (b * second[i]);
    }

    /// <summary>first + share (second - first).</summary>
    public static void Lerp(ReadOnlySpan<float> first, ReadOnlySpan<float> second, float share, Span<float> output)
    {
        ref var from = ref MemoryMarshal.GetReference(first);
        ref var towards = ref MemoryMarshal.GetReference(second[..first.Length]);
        ref var to = ref MemoryMarshal.GetReference(output[..first.Length]);
        var weight = Vector256.Create(share);
        var index = 0;
        for (; index <= first.Length - 8; index += 8)
        {
            var near = Vector256.LoadUnsafe(ref from, (nuint)index);
            (near + (weight * (Vector256.LoadUnsafe(ref towards, (nuint)index) - near))).StoreUnsafe(ref to, (nuint)index);
        }

        for (; index < first.Length; index++)
            output[index] = first[index] + (share * (second[index] - first[index]));
    }

    /// <summary>Makes 0 of what is less than a threshold.</summary>
    public static void CutBelow(Span<float> values, float threshold)
    {
        foreach (ref var eight in MemoryMarshal.Cast<float, Vector256<float>>(values))
            eight = Vector256.AndNot(eight, Vector256.LessThan(eight, Vector256.Create(threshold)));
        foreach (ref var value in values[(values.Length & ~7)..])
            value = value < threshold ? 0 : value;
    }

    /// <summary>Makes 1 of what is more than a threshold, and 0 of the rest.</summary>
    public static void Above(Span<float> values, float threshold)
    {
        foreach (ref var eight in MemoryMarshal.Cast<float, Vector256<float>>(values))
            eight = Vector256.GreaterThan(eight, Vector256.Create(threshold)) & Vector256<float>.One;
        foreach (ref var value in values[(values.Length & ~7)..])
            value = value > threshold ? 1 : 0;
    }

    /// <summary>Limits to 0..255.</summary>
    public static Vector256<float> Clip(Vector256<float> values) =>
        Vector256.MinNative(Vector256.MaxNative(values, Vector256<float>.Zero), Vector256.Create(255f));

    /// <summary>floor8 that stays a float.</summary>
    public static Vector256<float> Floor8(Vector256<float> values) => Vector256.Floor(Clip(values));

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
        Vector256.ConvertToInt32Native(Clip(values)).AsUInt32();
}
