using Parquet;
using Parquet.Schema;

namespace DataCentric.Imaging.Formats.Columns;

/// <summary>A Parquet file of which single columns of single row groups are read (Parquet.Net 6.1). Whatever that throws of a broken file becomes one exception.</summary>
internal sealed class ParquetTable : IDisposable
{
    private readonly string _path;
    private readonly WindowStream _file;
    private readonly ParquetReader _reader;

    private ParquetTable(string path, WindowStream file, ParquetReader reader)
    {
        (_path, _file, _reader) = (path, file, reader);
        Fields = [.. reader.Schema.DataFields];
        GroupRows = [.. reader.RowGroups.Select(group => checked((int)group.RowCount))];
        Metadata = reader.CustomMetadata;
    }

    /// <summary>All columns, those within structures by their path.</summary>
    public IReadOnlyList<DataField> Fields { get; }

    /// <summary>Number of rows in each row group.</summary>
    public IReadOnlyList<int> GroupRows { get; }

    /// <summary>Keys and values that the file carries.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Whether a file begins as Parquet does.</summary>
    public static bool LooksLikeOne(string path) =>
        File.Exists(path) && ExactReading.Start(path, ParquetBounds.Magic.Length).AsSpan().SequenceEqual(ParquetBounds.Magic);

    /// <summary>Opens a file and reads its footer.</summary>
    /// <exception cref="InputException">It is none, or broken.</exception>
    public static ParquetTable Open(string path)
    {
        var file = new WindowStream(ExactReading.Open(path));
        try
        {
            return Checked(path, () =>
            {
                ParquetBounds.CheckFooter(file);
                var table = new ParquetTable(path, file, ParquetReader.CreateAsync(file, leaveStreamOpen: true).GetAwaiter().GetResult());
                if (table.Fields.Any(field => field.Path.Length == 0) || table.Fields.Select(field => field.Path).Distinct().Count() != table.Fields.Count)
                    throw new InvalidDataException("a column has no name, or the one of another");
                return table.GroupRows.All(rows => rows >= 0) ? table : throw new InvalidDataException("a row group has less than no rows");
            });
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Binary values of a row group, one for each row; null where there is none.</summary>
    public ReadOnlyMemory<byte>?[] ReadBytes(int group, DataField field) => Rows<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>?>(group, field, value => value);

    /// <summary>Texts of a row group, one for each row.</summary>
    public string?[] ReadTexts(int group, DataField field) => Rows<ReadOnlyMemory<char>, string?>(group, field, value => value.ToString());

    /// <summary>Whole numbers of a row group, one for each row.</summary>
    public long?[] ReadNumbers(int group, DataField field) => WholeNumbers.Read(this, group, field)
        ?? throw new InputException($"{_path}: column {field.Path} holds {field.ClrType.Name}; expected whole numbers.");

    /// <summary>Lists of numbers of a row group, one for each row; empty where there is none.</summary>
    public double[][] ReadLists(int group, DataField field) => field.ClrType == typeof(double)
        ? Lists(Raw<double>(group, field), field, group, value => value)
        : Lists(Raw<float>(group, field), field, group, value => value);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>One value for each row.</summary>
    internal TRow[] Rows<T, TRow>(int group, DataField field, Func<T, TRow> convert)
        where T : struct
    {
        var (values, definitions, _) = Raw<T>(group, field);
        if (values.Length != GroupRows[group])
            throw Broken(_path, $"column {field.Path} has {values.Length} values for the {GroupRows[group]} rows of row group {group}");
        var rows = new TRow[values.Length];
        for (var (row, value) = (0, 0); row < rows.Length; row++)
        {
            if (definitions.Length == 0 || definitions[row] == field.MaxDefinitionLevel)
                rows[row] = convert(values[value++]);
        }

        return rows;
    }

    private double[][] Lists<T>((T[] Values, int[] Definitions, int[] Repetitions) raw, DataField field, int group, Func<T, double> convert)
    {
        var (lists, value) = (new List<List<double>>(), 0);
        for (var i = 0; i < raw.Repetitions.Length; i++)
        {
            if (raw.Repetitions[i] == 0)
                lists.Add([]);
            if (lists.Count > 0 && raw.Definitions[i] == field.MaxDefinitionLevel)
                lists[^1].Add(convert(raw.Values[value++]));
        }

        return lists.Count == GroupRows[group]
            ? [.. lists.Select(list => list.ToArray())]
            : throw Broken(_path, $"column {field.Path} has {lists.Count} lists for the {GroupRows[group]} rows of row group {group}");
    }

    /// <summary>Values that are there, and the levels of the format (Dremel) that tell where.</summary>
    private (T[] Values, int[] Definitions, int[] Repetitions) Raw<T>(int group, DataField field)
        where T : struct => Checked(_path, () =>
    {
        var rows = _reader.OpenRowGroupReader(group);
        var column = rows.GetMetadata(field)?.MetaData ?? throw new InvalidDataException($"row group {group} has no column {field.Path}");
        (_file.First, _file.End) = (0, _file.Length);
        (_file.First, _file.End) = ParquetBounds.CheckPages(_file, column);
        var count = (int)column.NumValues;
        var (values, definitions, repetitions) = (new T[count], new int[field.MaxDefinitionLevel > 0 ? count : 0], new int[field.MaxRepetitionLevel > 0 ? count : 0]);
        rows.ReadRawAsync<T>(field, values, Levels(definitions), Levels(repetitions)).AsTask().GetAwaiter().GetResult();
        return (values, definitions, repetitions);
    });

    private static Memory<int>? Levels(int[] levels) => levels.Length > 0 ? levels.AsMemory() : default(Memory<int>?);

    /// <summary>Parquet.Net throws whatever comes, among it null references and huge arrays.</summary>
    private static T Checked<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception broken) when (broken is not InputException)
        {
            throw new InputException(Broken(path, broken.Message).Message, broken);
        }
    }

    private static InputException Broken(string path, string reason) => new($"{path}: a broken or truncated Parquet file, or one of a kind that is not read: {reason}");
}
