using System.Globalization;
using DataCentric.Imaging.Formats.Columns;

namespace DataCentric.Imaging.Formats;

/// <summary>The labels of Parquet files and where their row groups are.</summary>
/// <param name="Indexes">Class index of each image.</param>
/// <param name="Classes">Names of the classes in label order.</param>
/// <param name="AreSoft">Whether images have rows of probabilities, some of which say more than a class index.</param>
/// <param name="Groups">Row groups that are not empty, in order.</param>
internal sealed record ParquetLabels(int[] Indexes, IReadOnlyList<string> Classes, bool AreSoft, IReadOnlyList<ParquetGroup> Groups)
{
    /// <summary>Reads the columns of labels, and only those.</summary>
    /// <param name="files">The files in order.</param>
    /// <param name="namesFile">A file with names of classes, or null.</param>
    /// <exception cref="InputException">A file is broken or has no such column, or a label is none.</exception>
    public static ParquetLabels Read(IReadOnlyList<string> files, string? namesFile)
    {
        var (labels, groups, soft) = (new LabelCollector(), new List<ParquetGroup>(), new SoftRows());
        IReadOnlyList<string>? names = null;
        foreach (var (path, file) in files.Select((path, file) => (path, file)))
        {
            using var table = ParquetTable.Open(path);
            var layout = ParquetLayout.Of(table, path);
            if (names is not null && layout.Classes is not null && !names.SequenceEqual(layout.Classes))
                throw new InputException($"{path}: names other classes than {files[0]}.");
            names ??= layout.Classes;
            var firstInFile = 0;
            for (var group = 0; group < table.GroupRows.Count; group++)
            {
                var rows = table.GroupRows[group];
                if (rows == 0)
                    continue;
                groups.Add(new(file, group, labels.Count, firstInFile, rows));
                AddRows(labels, table, group, layout, path, firstInFile);
                soft.Add(layout.Probabilities is { } field ? table.ReadLists(group, field) : null, row => Place(path, firstInFile + row), files[0]);
                firstInFile += rows;
            }
        }

        var (indexes, classes) = labels.Finish(names ?? (namesFile is null ? soft.Digits : ClassNames.Read(namesFile)), names is null ? namesFile ?? "the probabilities" : files[0]);
        if (soft.AreSoft && classes.Count != soft.Columns)
            throw new InputException($"{files[0]}: names {classes.Count} classes, but the rows of probabilities have {soft.Columns} columns.");
        return new(indexes, classes, soft.AreSoft, groups);
    }

    /// <summary>The row group of an image.</summary>
    public ParquetGroup GroupOf(int index)
    {
        var (low, high) = (0, Groups.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = Groups[middle].First <= index ? (middle, high) : (low, middle - 1);
        }

        return Groups[low];
    }

    /// <summary>Names a row, for messages.</summary>
    public static string Place(string path, int row) => string.Create(CultureInfo.InvariantCulture, $"{path}, row {row}");

    private static void AddRows(LabelCollector labels, ParquetTable table, int group, ParquetLayout layout, string path, int firstInFile)
    {
        var numbers = ParquetLayout.IsText(layout.Label) ? null : table.ReadNumbers(group, layout.Label);
        var texts = numbers is null ? table.ReadTexts(group, layout.Label) : [];
        for (var row = 0; row < table.GroupRows[group]; row++)
        {
            var at = firstInFile + row;
            if (numbers is not null && numbers[row] is { } number)
                labels.Add(number, () => Place(path, at));
            else if (numbers is null && texts[row] is { } text)
                labels.Add(text, () => Place(path, at));
            else
                throw new InputException($"{Place(path, at)}: has no label in column {layout.Label.Path}.");
        }
    }
}

/// <summary>A row group.</summary>
/// <param name="File">Number of its file.</param>
/// <param name="Number">Its number in the file.</param>
/// <param name="First">Number of its first image in the set.</param>
/// <param name="FirstInFile">Number of its first row in the file.</param>
/// <param name="Count">Number of rows, at least 1.</param>
internal sealed record ParquetGroup(int File, int Number, int First, int FirstInFile, int Count);
