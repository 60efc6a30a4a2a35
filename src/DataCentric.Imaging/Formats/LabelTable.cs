using System.Globalization;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;

namespace DataCentric.Imaging.Formats;

/// <summary>A table that says of every picture which class it is of: CSV, TSV or JSON Lines.</summary>
/// <param name="Path">The file.</param>
/// <param name="Id">Column of the picture's file, or its number from 1.</param>
/// <param name="Label">Column of the label, or its number from 1.</param>
internal sealed record LabelTable(string Path, string Id, string Label)
{
    private const int LongestFile = 1 << 30;
    private const string FileColumn = "file_name"; // Hugging Face's ImageFolder
    private static readonly string[] MetadataFiles = ["metadata.jsonl", "metadata.csv"];
    private static readonly string[] LabelColumns = ["label", "labels", "class", "category"];

    /// <summary>Hugging Face's metadata of a folder of pictures, where it lies there and names labels; null where not.</summary>
    /// <param name="folder">The folder.</param>
    public static LabelTable? FileIn(string folder)
    {
        var found = MetadataFiles.Select(name => System.IO.Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        // Beside folders of classes it may be about anything.
        if (found is null || ClassNames.FileIn(folder).Length > 0 || (FolderContent.Of(folder) is { Pictures.Count: 0 } content && !content.Folders.All(DividedSets.IsPart)))
            return null;
        var columns = new LabelTable(found, "", "").Columns();
        var label = LabelColumns.FirstOrDefault(columns.Contains);
        return label is not null && columns.Contains(FileColumn) ? new(found, FileColumn, label) : null;
    }

    /// <summary>The table that a user named.</summary>
    /// <param name="text">FILE:ID,LABEL.</param>
    /// <param name="folder">The data set, in which it lies: who starts a run from afar must not name other files of this machine.</param>
    /// <exception cref="InputException">The text is of another kind, or there is no such file in the folder.</exception>
    public static LabelTable Named(string text, string folder)
    {
        var colon = text.LastIndexOf(':');
        var columns = colon < 0 ? [] : text[(colon + 1)..].Split(',', StringSplitOptions.TrimEntries);
        if (colon < 1 || columns.Length != 2 || columns.Any(column => column.Length == 0))
            throw new InputException($"--label-table {text}: expected a file and its two columns of file and label, such as trainLabels.csv:id,label.");
        var root = System.IO.Path.GetFullPath(folder) + System.IO.Path.DirectorySeparatorChar;
        var file = new[] { System.IO.Path.Combine(folder, text[..colon]), text[..colon] }
            .FirstOrDefault(file => System.IO.Path.GetFullPath(file).StartsWith(root, StringComparison.Ordinal) && File.Exists(file));
        return file is null
            ? throw new InputException($"--label-table {text}: there is no file {text[..colon]} in {folder}; the table must lie in the folder of the data set.")
            : new(file, columns[0], columns[1]);
    }

    /// <summary>Reads the rows.</summary>
    /// <returns>File and label as they are written, and the number of the line from 1.</returns>
    /// <exception cref="InputException">A row is broken, or a column is not there.</exception>
    public IEnumerable<(string Id, string Label, int Line)> Rows() => IsJson ? JsonRows() : CsvRows();

    private bool IsJson => System.IO.Path.GetExtension(Path).Equals(".jsonl", StringComparison.OrdinalIgnoreCase);

    private string[] Columns()
    {
        if (!IsJson)
        {
            using var csv = OpenCsv(hasHeader: true);
            return csv.Read() && csv.ReadHeader() ? csv.HeaderRecord ?? [] : [];
        }

        using var reader = new StreamReader(ExactReading.Open(Path));
        try
        {
            using var line = JsonDocument.Parse(reader.ReadLine() ?? "");
            return line.RootElement.ValueKind == JsonValueKind.Object ? [.. line.RootElement.EnumerateObject().Select(member => member.Name)] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private IEnumerable<(string Id, string Label, int Line)> JsonRows()
    {
        using var reader = new StreamReader(Opened());
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.Length > 0)
                yield return (JsonMember(line, Id, number), JsonMember(line, Label, number), number);
        }
    }

    private string JsonMember(string line, string name, int number)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                return value.ToString();
        }
        catch (JsonException e)
        {
            throw new InputException($"{Path}, line {number}: is no JSON object: {e.Message}", e);
        }

        throw new InputException($"{Path}, line {number}: has no text or number \"{name}\".");
    }

    private IEnumerable<(string Id, string Label, int Line)> CsvRows()
    {
        var byNumber = int.TryParse(Id, NumberStyles.None, CultureInfo.InvariantCulture, out var id) & int.TryParse(Label, NumberStyles.None, CultureInfo.InvariantCulture, out var label);
        using var csv = OpenCsv(!byNumber);
        if (!byNumber)
        {
            var header = Guarded(() => csv.Read() && csv.ReadHeader()) ? csv.HeaderRecord! : [];
            (id, label) = (Array.IndexOf(header, Id) + 1, Array.IndexOf(header, Label) + 1);
            if (id == 0 || label == 0)
                throw new InputException($"{Path}: has no column '{(id == 0 ? Id : Label)}'; its columns are {string.Join(", ", header)}.");
        }

        while (Guarded(csv.Read))
        {
            if (csv.Parser.Count < Math.Max(id, label))
                throw new InputException($"{Path}, line {csv.Parser.RawRow}: has {csv.Parser.Count} columns; expected at least {Math.Max(id, label)}.");
            yield return (csv[id - 1]!, csv[label - 1]!, csv.Parser.RawRow);
        }
    }

    private CsvReader OpenCsv(bool hasHeader) => new(
        new StreamReader(Opened()),
        new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            HasHeaderRecord = hasHeader,
            DetectDelimiter = true,
            DetectDelimiterValues = [",", "\t", ";"],
            TrimOptions = TrimOptions.Trim,
            BadDataFound = null,
            MissingFieldFound = null,
        });

    private Stream Opened() => ExactReading.Length(Path) <= LongestFile ? ExactReading.Open(Path) : throw new InputException($"{Path}: is larger than {LongestFile} bytes.");

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CsvHelperException e)
        {
            throw new InputException($"{Path}: cannot be read as a table: {e.Message.Split('\n')[0]}", e);
        }
    }
}
