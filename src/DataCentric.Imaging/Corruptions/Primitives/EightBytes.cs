using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>Eight bytes as whole numbers in a vector, and back.</summary>
internal static class EightBytes
{
    /// <summary>How many there are.</summary>
    public const int Count = 8;

    /// <summary>The first eight bytes.</summary>
    public static Vector256<int> Read(ReadOnlySpan<byte> bytes) => Widen(Vector128.CreateScalar(MemoryMarshal.Read<ulong>(bytes)).AsByte());

    /// <summary>The lower half of sixteen bytes.</summary>
    public static Vector256<int> Widen(Vector128<byte> bytes) => Vector256.WidenLower(Vector128.WidenLower(bytes).ToVector256Unsafe()).AsInt32();

    /// <summary>Writes eight numbers, those outside 0 to 255 as the nearer of the two.</summary>
    public static void Write(Vector256<int> numbers, Span<byte> bytes) => MemoryMarshal.Write(bytes, Narrow(numbers));

    /// <summary>The same bytes, the first in the lowest place.</summary>
    public static ulong Narrow(Vector256<int> numbers)
    {
        var levels = Vector256.Clamp(numbers, Vector256<int>.Zero, Vector256.Create((int)byte.MaxValue)).AsUInt32();
        return Vector128.Narrow(Vector128.Narrow(levels.GetLower(), levels.GetUpper()), Vector128<ushort>.Zero).AsUInt64().ToScalar();
    }
}
