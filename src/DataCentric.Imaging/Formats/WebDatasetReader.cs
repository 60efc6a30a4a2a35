using DataCentric.Imaging.Pictures;
using DataCentric.Imaging.Reading;

namespace DataCentric.Imaging.Formats;

/// <summary>
/// Tar files of samples as the <c>webdataset</c> library and this program write them: a picture and a label, <c>cls</c> with a class index, <c>json</c> with
/// a member <c>label</c> or <c>cls</c>, or <c>txt</c> with the name of a class. Opening passes over the headers and reads the labels; pictures are read
/// where they lie. Decoding is that of <see cref="PictureDecoder"/>.
/// </summary>
internal sealed class WebDatasetReader : PictureSetReader
{
    private readonly WebDatasetLabels _labels;
    private readonly IReadOnlyList<string> _remarks;
    private readonly IEnumerator<WebDatasetSample> _samples;
    private int _next;

    private WebDatasetReader(ImageSetInfo info, PictureDecoder decoder, string measured, SetShards shards, WebDatasetLabels labels)
        : base(info, decoder, measured)
    {
        (_labels, _remarks) = (labels, shards.Remarks);
        _samples = SamplesOf(shards, labels.AreSoft).GetEnumerator();
    }

    internal static FormatProbe Probe { get; } = new(
        "WebDataset: a .tar file, or a folder of them, with a picture and a .cls, .json or .txt file for each key",
        (path, options) => Find(path, options.Part) is { } shards ? new FoundSet([.. shards.Files, .. ClassNames.FileIn(shards.Folder)], () => Open(shards, options)) : null)
    {
        Takes = ReadingChoices.Part,
    };

    public override IReadOnlyList<string> Remarks => [.. _remarks, .. base.Remarks];

    /// <summary>Opens shards.</summary>
    /// <param name="shards">The tar files.</param>
    /// <param name="options">Part, size and background.</param>
    /// <exception cref="InputException">A shard is broken, a sample has no picture or no label, or no picture can be read.</exception>
    private static WebDatasetReader Open(SetShards shards, ReadingOptions options)
    {
        var labels = WebDatasetLabels.Read(shards.Files, ClassNames.FileIn(shards.Folder).FirstOrDefault());
        var decoder = new PictureDecoder(options);
        var (shape, measured) = Measure(SamplesOf(shards, withTexts: false).Select(sample => Picture(sample, 0, soft: false)), decoder);
        return new(new("webdataset", labels.Indexes.Length, shape, labels.Classes, labels.AreSoft), decoder, measured, shards, labels);
    }

    protected override IReadOnlyList<EncodedPicture> Next(int count)
    {
        var pictures = new EncodedPicture[count];
        for (var i = 0; i < count; i++)
        {
            while (_next <= Position + i)
                Advance();
            pictures[i] = Picture(_samples.Current, _labels.Indexes[Position + i], _labels.AreSoft);
        }

        return pictures;
    }

    protected override void Leave(int count)
    {
    }

    public override void Dispose() => _samples.Dispose();

    private static SetShards? Find(string path, string? part) => SetShards.Find(path, ".tar", WebDatasetShard.IsOne, part);

    private static IEnumerable<WebDatasetSample> SamplesOf(SetShards shards, bool withTexts) => shards.Files.SelectMany(file => WebDatasetShard.Samples(file, withTexts));

    private static EncodedPicture Picture(WebDatasetSample sample, int label, bool soft)
    {
        var picture = sample.Picture ?? throw new InputException($"{sample.Place}: was changed while it was read.");
        var place = $"{sample.Shard}, \"{sample.Key}.{picture.Name}\" (byte {picture.Offset})";
        return new(
            $"{Path.GetFileName(sample.Shard)}/{sample.Key}.{picture.Name}", place, label, () => Read(sample.Shard, picture, place),
            soft ? ProbabilityRow.Checked(WebDatasetLabel.Of(sample).Probabilities ?? [], () => sample.Place) : null);
    }

    private static byte[] Read(string shard, WebDatasetMember picture, string place)
    {
        if (picture.Length > ListedPicture.LargestEncoded)
            throw new InputException($"{place}: is larger than {ListedPicture.LargestEncoded} bytes.");
        if (picture.Length > ExactReading.Length(shard) - picture.Offset)
            throw new InputException($"{place}: the file ends before its {picture.Length} bytes; it is truncated.");
        return ExactReading.At(shard, picture.Offset, (int)picture.Length, () => place);
    }

    private void Advance()
    {
        if (!_samples.MoveNext())
            throw new InputException($"{Info.Format}: a shard was changed while it was read.");
        _next++;
    }
}
