namespace DataCentric.Pipeline.Starts;

/// <summary>
/// What the upload of one blob means. A data set is a blob directly in the container, or a folder of blobs. A data set of one blob is
/// whole when it is there; its upload starts the run, with the options of the sidecar <c>NAME.json</c> if that lies there already. A
/// folder's upload has no end that a blob could tell; its sidecar, uploaded last, starts the run.
/// </summary>
/// <param name="Dataset">Name of the data set that the blob belongs to.</param>
/// <param name="IsSidecar">Whether it holds the options of that data set.</param>
/// <param name="IsInFolder">Whether it is one of several blobs of that data set.</param>
public sealed record Upload(string Dataset, bool IsSidecar, bool IsInFolder)
{
    private const string SidecarSuffix = ".json";
    private const string ProblemsSuffix = ".problems";

    /// <summary>Whether it is what <see cref="ProblemsOf"/> names, which is told to people and starts nothing.</summary>
    public bool IsProblems => IsSidecar && Dataset.EndsWith(ProblemsSuffix, StringComparison.OrdinalIgnoreCase);

    /// <summary>What a blob is.</summary>
    /// <param name="blob">Its name in the container of data sets.</param>
    public static Upload Of(string blob)
    {
        ArgumentNullException.ThrowIfNull(blob);
        if (blob.Contains('/', StringComparison.Ordinal))
            return new(blob[..blob.IndexOf('/', StringComparison.Ordinal)], IsSidecar: false, IsInFolder: true);
        return blob.EndsWith(SidecarSuffix, StringComparison.OrdinalIgnoreCase) && blob.Length > SidecarSuffix.Length
            ? new(blob[..^SidecarSuffix.Length], IsSidecar: true, IsInFolder: false)
            : new(blob, IsSidecar: false, IsInFolder: false);
    }

    /// <summary>Name of the blob that holds a data set's options.</summary>
    /// <param name="dataset">Name of the data set.</param>
    public static string SidecarOf(string dataset) => dataset + SidecarSuffix;

    /// <summary>Name of the blob that tells what is wrong with a data set's options: who uploads sees no log.</summary>
    /// <param name="dataset">Name of the data set.</param>
    public static string ProblemsOf(string dataset) => dataset + ProblemsSuffix + SidecarSuffix;

    /// <summary>Reads a data set's options.</summary>
    /// <param name="dataset">Name of the data set.</param>
    /// <param name="sidecar">Choices as JSON; naming no data set, or this one.</param>
    /// <param name="problems">What is wrong, a sentence each, is added here.</param>
    /// <param name="isObject">Whether the sidecar is a JSON object at all.</param>
    public static EnhancementChoices OptionsOf(string dataset, string sidecar, ICollection<string> problems, out bool isObject)
    {
        ArgumentNullException.ThrowIfNull(problems);
        var choices = ChoicesJson.Read(sidecar, problems, out isObject);
        if (choices["dataset"] is string other && other != dataset)
            problems.Add($"dataset: {SidecarOf(dataset)} belongs to '{dataset}', not to '{other}'.");
        choices["dataset"] = dataset;
        return choices;
    }

    /// <summary>Whether the upload starts a run.</summary>
    /// <param name="datasetIsFolder">Whether the data set is a folder of blobs.</param>
    public bool StartsRun(bool datasetIsFolder) => !IsInFolder && !IsProblems && IsSidecar == datasetIsFolder;
}
