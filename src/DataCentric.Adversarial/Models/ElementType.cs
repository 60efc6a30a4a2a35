using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace DataCentric.Adversarial.Models;

/// <summary>Types of values that weights are stored in, little-endian.</summary>
internal enum ElementType
{
    /// <summary>IEEE 754 half.</summary>
    Float16,

    /// <summary>The upper half of a single.</summary>
    BFloat16,

    /// <summary>IEEE 754 single.</summary>
    Float32,

    /// <summary>IEEE 754 double.</summary>
    Float64,

    /// <summary>Whole numbers: counters among the weights.</summary>
    Int64,
}

/// <summary>Stored values as single floats.</summary>
internal static class ElementTypes
{
    /// <summary>Bytes of one value.</summary>
    public static int Size(this ElementType type) => type switch
    {
        ElementType.Float16 or ElementType.BFloat16 => 2,
        ElementType.Float32 => 4,
        _ => 8,
    };

    /// <summary>One value, rounded to the nearest single.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="value">Its bytes.</param>
    public static float ToSingle(this ElementType type, ReadOnlySpan<byte> value) => type switch
    {
        ElementType.Float16 => (float)BinaryPrimitives.ReadHalfLittleEndian(value),
        ElementType.BFloat16 => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(value) << 16),
        ElementType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(value),
        ElementType.Float64 => (float)BinaryPrimitives.ReadDoubleLittleEndian(value),
        _ => BinaryPrimitives.ReadInt64LittleEndian(value),
    };

    /// <summary>Values that lie one behind the other.</summary>
    /// <param name="type">Their type.</param>
    /// <param name="values">Their bytes.</param>
    public static float[] ToSingles(this ElementType type, ReadOnlySpan<byte> values)
    {
        if (type == ElementType.Float32 && BitConverter.IsLittleEndian)
            return MemoryMarshal.Cast<byte, float>(values).ToArray();
        var size = type.Size();
        var singles = new float[values.Length / size];
        for (var i = 0; i < singles.Length; i++)
            singles[i] = type.ToSingle(values[(i * size)..]);
        return singles;
    }
}
