using DataCentric.Imaging.Formats;
using DataCentric.Pipeline.Requests;
using DataCentric.Pipeline.Scoring;
using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline;

/// <summary>Where a pipeline keeps things.</summary>
/// <param name="Work">Holds <c>runs/&lt;run id&gt;/</c>: canonical input, plan, shards, records.</param>
/// <param name="Models">Holds <c>models/&lt;hash&gt;/</c>: trained surrogates, found again by the hash of data and options.</param>
/// <param name="Result">The store that a request's enhanced set is written to.</param>
public sealed record PipelineStores(IDataStore Work, IDataStore Models, Func<EnhancementRequest, IDataStore> Result)
{
    /// <summary>Everything in one store, results below <c>enhanced/&lt;data set&gt;/&lt;run id&gt;/</c>.</summary>
    /// <param name="store">The store.</param>
    /// <param name="models">Another store for the models; null takes the same.</param>
    public static PipelineStores Within(IDataStore store, IDataStore? models = null) =>
        new(store, models ?? store, request => store.Below($"enhanced/{NameOf(request.Dataset)}/{request.RunId}"));

    /// <summary>Name of a data set in the store: its file or folder name, with everything but letters, digits, '-' and '_' made '-'.</summary>
    private static string NameOf(string dataset)
    {
        var name = Path.GetFileNameWithoutExtension(dataset.TrimEnd('/', '\\'));
        return string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '-'));
    }
}

/// <summary>Names of a run's files in the work store.</summary>
/// <param name="RunId">Identifier of the run.</param>
internal readonly record struct RunLayout(string RunId)
{
    public string Root => $"runs/{RunId}/";

    public string InputFolder => $"{Root}input/";

    public string InputRecord => $"{InputFolder}input.json";

    public string InputPixels => $"{InputFolder}pixels.bin";

    public string InputSamples => $"{InputFolder}samples.bin";

    public string InputSources => $"{InputFolder}sources.txt";

    public string Plan => $"{Root}plan.json";

    public string ScoreFolder => $"{Root}scores/";

    /// <summary>All scores in set order, put together from those of the shards.</summary>
    public string Scores => $"{ScoreFolder}all.json";

    public string ShardScores(string shard) => $"{ScoreFolder}{shard}.json";

    public string ShardFolder => $"{Root}shards/";

    public string ShardPixels(string shard) => $"{ShardFolder}{shard}.bin";

    /// <summary>Folder of the scores of networks, without a slash at its end.</summary>
    public string Robustness => $"{Root}robustness";

    public string ShardRecord(string shard) => $"{ShardFolder}{shard}.json";
}

/// <summary>Names of the files of an enhanced set.</summary>
public static class ResultFiles
{
    /// <summary>Pixels: uint8 (N, H, W, 3).</summary>
    public const string Data = "data.npy";

    /// <summary>Labels: float32 (N, K), one-hot or soft.</summary>
    public const string Label = "label.npy";

    /// <summary>Names of the classes in label order, one a line; not there where a name cannot stand on a line.</summary>
    public const string Classes = ClassNames.FileName;

    /// <summary>Provenance, one JSON object a sample.</summary>
    public const string Manifest = "manifest.jsonl";

    /// <summary>The run: request, versions, hashes, timings. Written last: where it is, the set is whole.</summary>
    public const string Run = "run.json";

    /// <summary>A few samples of each role and kind: clean, result, difference.</summary>
    public const string ContactSheet = "contact-sheet.png";

    /// <summary>A few samples in small, uint8 (M, h, 3w, 3): clean, result and difference side by side. What the report shows.</summary>
    public const string Examples = "examples.npy";

    /// <summary>The licence file that lay with the source.</summary>
    public const string License = "LICENSE";

    /// <summary>Dataset card: Markdown with the header that Hugging Face reads.</summary>
    public const string Card = "README.md";

    /// <summary>Croissant description, JSON-LD.</summary>
    public const string Croissant = "croissant.json";

    /// <summary>How networks did that were trained on the set; there once it was scored.</summary>
    public const string Score = "score.json";

    /// <summary>The same as a picture.</summary>
    public const string ScorePicture = ScoreChart.FileName;

    /// <summary>The report, one page.</summary>
    public const string Report = "report.html";

    /// <summary>Texts about the set, made from the run record and made again where they are outdated.</summary>
    public static IReadOnlyList<string> Documents { get; } = [Report, Card, Croissant];
}
