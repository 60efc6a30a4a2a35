namespace DataCentric.Pipeline.Model;

/// <summary>Where a pipeline keeps things.</summary>
/// <param name="Work">Holds <c>runs/&lt;run id&gt;/</c>: canonical input, plan, shards, records.</param>
/// <param name="Models">Holds <c>models/&lt;hash&gt;/</c>: trained surrogates, found again by the hash of data and options.</param>
/// <param name="Result">The store that a request's enhanced set is written to.</param>
public sealed record PipelineStores(IDataStore Work, IDataStore Models, Func<EnhancementRequest, IDataStore> Result)
{
    /// <summary>A folder of this machine with room for the images of a training, used where the work store is no folder. Default that of the system.</summary>
    public string Scratch { get; init; } = Path.GetTempPath();

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

    public string ShardScores(string shard) => $"{ScoreFolder}{shard}.json";

    /// <summary>What the surrogates see in a shard's clean samples: N x K probabilities, float32, little-endian.</summary>
    public string ShardLabels(string shard) => $"{ScoreFolder}{shard}.labels";

    /// <summary>Tries that failed.</summary>
    public string TryFolder => $"{Root}tries/";

    /// <summary>Lies there where the run is to end.</summary>
    public string Stop => $"{Root}stop";

    public string ShardFolder => $"{Root}shards/";

    public string ShardPixels(string shard) => $"{ShardFolder}{shard}.bin";

    /// <summary>Folder of the scores of networks, without a slash at its end.</summary>
    public string Robustness => $"{Root}robustness";

    public string ShardRecord(string shard) => $"{ShardFolder}{shard}.json";
}
