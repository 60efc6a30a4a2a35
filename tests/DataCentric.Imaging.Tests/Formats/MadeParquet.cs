using Parquet;
using Parquet.Schema;

namespace DataCentric.Imaging.Tests.Formats;

/// <summary>Makes Parquet files with the columns of a test, apart from the code under test.</summary>
internal static class MadeParquet
{
    /// <summary>A column that writes its rows from a first one on, so many.</summary>
    public sealed record Column(Field Field, int Count, Func<ParquetRowGroupWriter, int, int, Task> Write);

    /// <summary>Hugging Face's image: a structure of bytes and path.</summary>
    public static Column Image(string name, params byte[]?[] pictures) => Image(name, row => $"{row}.png", pictures);

    /// <summary>Hugging Face's image, with the paths that pictures came from.</summary>
    public static Column Image(string name, Func<int, string?> pathOf, params byte[]?[] pictures)
    {
        DataField bytes = new DataField<byte[]>("bytes");
        DataField path = new DataField<string>("path");
        return new(new StructField(name, bytes, path), pictures.Length, async (group, first, count) =>
        {
            await group.WriteAsync(bytes, pictures[first..(first + count)]!);
            await group.WriteAsync(path, Enumerable.Range(first, count).Select(pathOf).ToArray());
        });
    }

    public static Column Bytes(string name, params byte[][] values)
    {
        DataField field = new DataField<byte[]>(name);
        return new(field, values.Length, (group, first, count) => group.WriteAsync(field, values[first..(first + count)]));
    }

    public static Column Texts(string name, params string[] values)
    {
        DataField field = new DataField<string>(name);
        return new(field, values.Length, (group, first, count) => group.WriteAsync(field, values[first..(first + count)]));
    }

    public static Column Numbers<T>(string name, params T[] values)
        where T : struct
    {
        DataField field = new DataField<T>(name);
        return new(field, values.Length, (group, first, count) => group.WriteAsync<T>(field, values.AsMemory(first, count)));
    }

    public static Column Nullable(string name, params long?[] values)
    {
        DataField field = new DataField<long?>(name);
        return new(field, values.Length, (group, first, count) => group.WriteAsync<long>(field, values.AsMemory(first, count)));
    }

    public static Column Lists(string name, params long[][] values)
    {
        var element = new DataField("element", typeof(long), isNullable: false);
        return new(new ListField(name, element), values.Length, (group, first, count) => group.WriteAsync<long>(
            element,
            values[first..(first + count)].SelectMany(list => list).Select(value => (long?)value).ToArray(),
            values[first..(first + count)].SelectMany(list => list.Select((_, i) => i == 0 ? 0 : 1)).ToArray()));
    }

    /// <summary>The metadata in which the <c>datasets</c> library names the classes of a column.</summary>
    public static string Features(string column, params string[] names) =>
        $$$"""{"info": {"features": {"image": {"_type": "Image" }, "{{{column}}}": {"names": [{{{string.Join(", ", names.Select(name => $"\"{name}\""))}}}], "_type": "ClassLabel" } } } }""";

    public static byte[] File(int rowsInGroup, string? features, params Column[] columns)
    {
        using var stream = new MemoryStream();
        WriteAsync(stream, rowsInGroup, features, columns).GetAwaiter().GetResult();
        return stream.ToArray();
    }

    public static byte[] File(params Column[] columns) => File(int.MaxValue, null, columns);

    private static async Task WriteAsync(Stream stream, int rowsInGroup, string? features, Column[] columns)
    {
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(columns.Select(column => column.Field)), stream);
        if (features is not null)
            writer.CustomMetadata = new Dictionary<string, string> { ["huggingface"] = features };
        var rows = columns[0].Count;
        for (var first = 0; first < rows; first += Math.Min(rowsInGroup, rows))
        {
            using var group = writer.CreateRowGroup();
            foreach (var column in columns)
                await column.Write(group, first, Math.Min(rowsInGroup, rows - first));
        }
    }
}
