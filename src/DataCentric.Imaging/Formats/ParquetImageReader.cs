using System.Globalization;
using System.Text.RegularExpressions;
using DataCentric.Imaging.Formats.Columns;
using DataCentric.Imaging.Pictures;
using DataCentric.Imaging.Reading;

namespace DataCentric.Imaging.Formats;

/// <summary>
/// Parquet files with a column of encoded pictures and one of labels, as the Hugging Face tools and this program write them. Opening reads the footers and the
/// labels; then memory holds the pictures of one row group, and the columns that are not needed are never read. Decoding is that of
/// <see cref="PictureDecoder"/>.
/// </summary>
internal sealed class ParquetImageReader : PictureSetReader
{
    private readonly ParquetRows _rows;
    private readonly ParquetLabels _labels;

    private ParquetImageReader(ImageSetInfo info, PictureDecoder decoder, string measured, ParquetRows rows, ParquetLabels labels, IReadOnlyList<string> remarks)
        : base(info, decoder, measured) => (_rows, _labels, PartRemarks) = (rows, labels, remarks);

    internal static FormatProbe Probe { get; } = new(
        "Parquet: a .parquet file with a column of pictures (a structure of bytes and path, or binary) and a column \"label\", or a folder of such files, in it or in data",
        (path, options) => Find(path, options.Part) is { } shards ? new FoundSet([.. shards.Files, .. NamesFile(shards)], () => Open(shards, options)) : null)
    {
        Takes = ReadingChoices.Part,
    };

    public override IReadOnlyList<string> Remarks => [.. PartRemarks, .. base.Remarks];

    private IReadOnlyList<string> PartRemarks { get; }

    /// <summary>Opens files.</summary>
    /// <param name="shards">The files.</param>
    /// <param name="options">Part, size and background.</param>
    /// <exception cref="InputException">A file is broken, has no pictures or labels, or one of them is bad; no picture can be read.</exception>
    private static ParquetImageReader Open(SetShards shards, ReadingOptions options)
    {
        var labels = ParquetLabels.Read(shards.Files, NamesFile(shards).FirstOrDefault());
        if (labels.Indexes.Length == 0)
            throw new InputException($"{shards.Files[0]}: holds no images{(shards.Files.Count > 1 ? ", nor do the others" : "")}.");
        var rows = new ParquetRows(shards.Files, labels);
        try
        {
            var decoder = new PictureDecoder(options);
            var (shape, measured) = Measure(Enumerable.Range(0, labels.Indexes.Length).Select(rows.Picture), decoder);
            var info = new ImageSetInfo("parquet", labels.Indexes.Length, shape, labels.Classes, labels.AreSoft) { WhyNameless = rows.WhyNameless };
            return new(info, decoder, measured, rows, labels, shards.Remarks);
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    protected override IReadOnlyList<EncodedPicture> Next(int count) => [.. Enumerable.Range(Position, count).Select(_rows.Picture)];

    protected override void Leave(int count)
    {
    }

    public override void Dispose() => _rows.Dispose();

    /// <summary>The files; null where there are none, or pictures lie in folders beside them, which are the set then.</summary>
    private static SetShards? Find(string path, string? part)
    {
        var shards = SetShards.Find(path, ".parquet", ParquetTable.LooksLikeOne, part);
        if (shards is null)
            return null;
        var hasPictures = Directory.Exists(path) && shards.Folder == path && FolderContent.Of(path) is var content
            && (content.Pictures.Count > 0 || content.Folders.Any(folder => FolderContent.Of(content.PathOf(folder)).Pictures.Count > 0));
        return hasPictures ? null : shards;
    }

    private static string[] NamesFile(SetShards shards) => ClassNames.FileIn(shards.Folder);
}

/// <summary>The pictures of Parquet files by their number; a row group is kept until one of another is asked for.</summary>
/// <param name="files">The files in order.</param>
/// <param name="labels">Their labels and rows.</param>
internal sealed partial class ParquetRows(IReadOnlyList<string> files, ParquetLabels labels) : IDisposable
{
    private ParquetTable? _table;
    private int _file = -1;
    private ParquetGroup? _group;
    private ReadOnlyMemory<byte>?[] _pictures = [];
    private string?[] _sources = [];
    private string?[] _paths = [];
    private double[][] _probabilities = [];

    /// <summary>Why pictures of the first row group have no names of files; null where one has.</summary>
    public string? WhyNameless
    {
        get
        {
            Picture(0);
            return _paths.Any(path => path is { Length: > 0 }) || _sources.Any(source => source is { Length: > 0 } && !Record().IsMatch(source))
                ? null
                : $"{files[0]} has no path beside its pictures.";
        }
    }

    /// <summary>A picture; quick where they are asked for in order.</summary>
    /// <param name="index">Its number in the set, from 0.</param>
    /// <exception cref="InputException">Its row group is broken.</exception>
    public EncodedPicture Picture(int index)
    {
        if (_group is null || index < _group.First || index >= _group.First + _group.Count)
            Load(labels.GroupOf(index));
        var (group, row) = (_group!, index - _group!.First);
        var picture = _pictures[row];
        var name = string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(files[group.File])}#{group.FirstInFile + row}{(row < _paths.Length && _paths[row] is { Length: > 0 } path ? $"/{path}" : "")}");
        var place = ParquetLabels.Place(files[group.File], group.FirstInFile + row);
        var source = row < _sources.Length && _sources[row] is { Length: > 0 } known ? known : name;
        return new(source, place, labels.Indexes[index], () => Bytes(picture, place), labels.AreSoft ? ProbabilityRow.Checked(_probabilities[row], () => place) : null);
    }

    public void Dispose() => _table?.Dispose();

    private static byte[] Bytes(ReadOnlyMemory<byte>? picture, string place) => picture switch
    {
        null or { Length: 0 } => throw new InputException($"{place}: has no bytes of a picture, at most a path to one; expected the pictures in the file. With the Hugging Face library, embed them: dataset.map(embed_table_storage, batched=True)."),
        { Length: > ListedPicture.LargestEncoded } => throw new InputException($"{place}: is larger than {ListedPicture.LargestEncoded} bytes."),
        { } bytes => bytes.ToArray(),
    };

    private void Load(ParquetGroup group)
    {
        (_group, _pictures, _sources, _paths, _probabilities) = (null, [], [], [], []); // one row group at a time
        if (_file != group.File)
        {
            _table?.Dispose();
            (_table, _file) = (null, -1);
            (_table, _file) = (ParquetTable.Open(files[group.File]), group.File);
        }

        var layout = ParquetLayout.Of(_table!, files[group.File]);
        if (group.Number >= _table!.GroupRows.Count || _table.GroupRows[group.Number] != group.Count)
            throw new InputException($"{files[group.File]}: was changed while it was read.");
        _pictures = _table.ReadBytes(group.Number, layout.Image);
        _sources = layout.Source is { } source ? _table.ReadTexts(group.Number, source) : [];
        _paths = layout is { Source: null, Path: { } path } ? _table.ReadTexts(group.Number, path) : []; // This program calls pictures by their numbers.
        _probabilities = labels.AreSoft ? _table.ReadLists(group.Number, layout.Probabilities!) : [];
        _group = group;
    }

    [GeneratedRegex(@"#\d+\z")]
    private static partial Regex Record();
}
