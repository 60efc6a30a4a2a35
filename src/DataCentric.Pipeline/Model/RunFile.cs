namespace DataCentric.Pipeline.Model;

/// <summary>The run record as it lies in a result, <c>run.json</c>: read in one place and sealed in one place.</summary>
public static class RunFile
{
    // A member that is null, or stands there twice, is no reason for a stack trace three calls later.
    private static readonly JsonSerializerOptions Strict = new(PipelineJson.Indented) { RespectNullableAnnotations = true, AllowDuplicateProperties = false };

    /// <summary>Reads the record; null where there is none, or what lies there is none.</summary>
    /// <param name="result">Where the result lies.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<StoredRun?> TryReadAsync(IDataStore result, CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await result.ReadAllBytesAsync(ResultFiles.Run, cancellationToken);
            if (JsonSerializer.Deserialize<RunRecord>(bytes, Strict) is not { } run || !IsPossible(run))
                return null;
            return new StoredRun(run with { Seal = null }, run.Seal is null ? RunSeal.None : EndSeal.IsWhole(bytes) ? RunSeal.Whole : RunSeal.Broken);
        }
        catch (Exception exception) when (exception is StoreItemMissingException or JsonException or InputException or ArgumentException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>Writes the record with its seal, whole or not at all.</summary>
    /// <param name="result">Where the result lies.</param>
    /// <param name="run">The record.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    public static Task WriteAsync(IDataStore result, RunRecord run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        var document = JsonSerializer.SerializeToUtf8Bytes(run with { Seal = null }, PipelineJson.Indented);
        return result.WriteAllBytesAsync(ResultFiles.Run, EndSeal.Add(document), cancellationToken);
    }

    /// <summary>Whether what everything else counts on holds: the set has samples, classes and pictures, and lists are lists of something.</summary>
    private static bool IsPossible(RunRecord run) =>
        run.Input is { Count: > 0, InputHash: not null } input
        && input.Shape is { Height: >= ImageShape.MinSide and <= ImageShape.MaxSide, Width: >= ImageShape.MinSide and <= ImageShape.MaxSide }
        && run.Classes.Count == input.ClassCount && input.ClassCount > 0 && run.Classes.All(name => name is not null)
        && run.Files.All(file => file is { Name: not null, Sha256: not null } && ItemName.IsValid(file.Name))
        && run.Surrogates.All(model => model is { Name: not null, Sha256: not null })
        && run.Timings.All(timing => timing is not null)
        && run.FailedTries.All(failed => failed is { Part: not null, Reason: not null })
        && run.Versions.Values.All(version => version is not null);
}

/// <summary>A run record as it was found.</summary>
/// <param name="Run">The record.</param>
/// <param name="Seal">What its seal says.</param>
public sealed record StoredRun(RunRecord Run, RunSeal Seal);

/// <summary>What the seal of a run record says.</summary>
public enum RunSeal
{
    /// <summary>There is none: version 0.2.0 and earlier wrote none.</summary>
    None,

    /// <summary>The record is as it was written.</summary>
    Whole,

    /// <summary>The record was changed after it was written.</summary>
    Broken,
}
