using Parquet.Schema;

namespace DataCentric.Imaging.Formats.Columns;

/// <summary>Whole numbers of whatever width.</summary>
internal static class WholeNumbers
{
    private static readonly Dictionary<Type, Func<ParquetTable, int, DataField, long?[]>> Readers = new()
    {
        [typeof(bool)] = (table, group, field) => table.Rows<bool, long?>(group, field, value => value ? 1 : 0),
        [typeof(sbyte)] = (table, group, field) => table.Rows<sbyte, long?>(group, field, value => value),
        [typeof(byte)] = (table, group, field) => table.Rows<byte, long?>(group, field, value => value),
        [typeof(short)] = (table, group, field) => table.Rows<short, long?>(group, field, value => value),
        [typeof(ushort)] = (table, group, field) => table.Rows<ushort, long?>(group, field, value => value),
        [typeof(int)] = (table, group, field) => table.Rows<int, long?>(group, field, value => value),
        [typeof(uint)] = (table, group, field) => table.Rows<uint, long?>(group, field, value => value),
        [typeof(long)] = (table, group, field) => table.Rows<long, long?>(group, field, value => value),
        [typeof(ulong)] = (table, group, field) => table.Rows<ulong, long?>(group, field, value => value > long.MaxValue ? long.MaxValue : (long)value),
    };

    /// <summary>Whether a column holds them.</summary>
    public static bool Are(DataField field) => Readers.ContainsKey(field.ClrType);

    /// <summary>Those of a row group, one for each row; null where the column holds something else.</summary>
    public static long?[]? Read(ParquetTable table, int group, DataField field) => Readers.TryGetValue(field.ClrType, out var read) ? read(table, group, field) : null;
}
