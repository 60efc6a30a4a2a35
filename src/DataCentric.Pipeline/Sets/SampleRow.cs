using System.Buffers.Binary;

namespace DataCentric.Pipeline.Sets;

/// <summary>
/// One row of a canonical set's sample table: key (u64), label (i32), then K probabilities (f32) where labels are soft; little-endian.
/// </summary>
/// <param name="Key">Number of the sample in its source; keys its random streams.</param>
/// <param name="Label">Class index.</param>
/// <param name="SoftLabel">K probabilities, or null.</param>
internal readonly record struct SampleRow(ulong Key, int Label, float[]? SoftLabel)
{
    public static int ByteLength(int classCount, bool soft) => 12 + (soft ? 4 * classCount : 0);

    public void Write(Span<byte> row)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(row, Key);
        BinaryPrimitives.WriteInt32LittleEndian(row[8..], Label);
        for (var k = 0; k < (SoftLabel?.Length ?? 0); k++)
            BinaryPrimitives.WriteSingleLittleEndian(row[(12 + (4 * k))..], SoftLabel![k]);
    }

    public static SampleRow Read(ReadOnlySpan<byte> row)
    {
        var soft = row.Length > 12 ? new float[(row.Length - 12) / 4] : null;
        for (var k = 0; k < (soft?.Length ?? 0); k++)
            soft![k] = BinaryPrimitives.ReadSingleLittleEndian(row[(12 + (4 * k))..]);
        return new(BinaryPrimitives.ReadUInt64LittleEndian(row), BinaryPrimitives.ReadInt32LittleEndian(row[8..]), soft);
    }
}
