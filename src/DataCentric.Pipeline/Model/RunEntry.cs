namespace DataCentric.Pipeline.Model;

/// <summary>A run as clients are told of it.</summary>
/// <param name="RunId">Its id.</param>
/// <param name="Dataset">Name of its data set.</param>
/// <param name="State">Where its orchestration stands.</param>
/// <param name="StartedAt">When it was started.</param>
/// <param name="ChangedAt">When something last happened to it.</param>
/// <param name="ReportUri">Where its report is, and the page of its progress before, relative to the app.</param>
public sealed record RunEntry(string RunId, string Dataset, RunPhase State, DateTimeOffset StartedAt, DateTimeOffset ChangedAt, string ReportUri)
{
    /// <summary>How far it is; null before it has begun.</summary>
    public RunStatus? Status { get; init; }

    /// <summary>What went wrong, or why it was terminated; null where nothing is known of it.</summary>
    public string? Problem { get; init; }

    /// <summary>Counts and place of the result of a completed run; in lists null.</summary>
    public EnhancementSummary? Summary { get; init; }

    /// <summary>Whether nothing more happens to it.</summary>
    [JsonIgnore]
    public bool HasEnded => State is RunPhase.Completed or RunPhase.Failed or RunPhase.Terminated;
}

/// <summary>Some runs, the latest first.</summary>
/// <param name="Runs">The runs.</param>
/// <param name="More">Whether there are others that were not looked at.</param>
public sealed record RunList(IReadOnlyList<RunEntry> Runs, bool More);

/// <summary>Where the orchestration of a run stands.</summary>
public enum RunPhase
{
    /// <summary>It waits to begin.</summary>
    Pending,

    /// <summary>It works.</summary>
    Running,

    /// <summary>It is held up by its owner.</summary>
    Suspended,

    /// <summary>It ended well.</summary>
    Completed,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>It was ended by its owner.</summary>
    Terminated,
}

/// <summary>Words for <see cref="RunPhase"/>, as they stand in addresses and answers.</summary>
public static class RunPhases
{
    /// <summary>All words.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. Enum.GetNames<RunPhase>().Select(name => name.ToLowerInvariant())];

    /// <summary>The word for a state.</summary>
    /// <param name="phase">The state.</param>
    public static string WordOf(RunPhase phase) => Words[(int)phase];

    /// <summary>Reads a list of words, separated by commas.</summary>
    /// <param name="text">Such as <c>running,failed</c>; empty or null for all.</param>
    /// <exception cref="InputException">One is none.</exception>
    public static IReadOnlyList<RunPhase> Parse(string? text) =>
    [
        .. (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(word =>
            Words.Contains(word) ? Enum.Parse<RunPhase>(word, ignoreCase: true)
            : throw new InputException($"state: expected some of {string.Join(", ", Words)}, separated by commas.")),
    ];
}
