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
            return await ReadAsync(result, cancellationToken);
        }
        catch (InputException)
        {
            return null;
        }
    }

    /// <summary>Reads the record.</summary>
    /// <param name="result">Where the result lies.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InputException">There is none, or it lacks something, or says what cannot be; the message names it.</exception>
    public static async Task<StoredRun> ReadAsync(IDataStore result, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(result);
        RunRecord? run;
        byte[] bytes;
        try
        {
            bytes = await result.ReadAllBytesAsync(ResultFiles.Run, cancellationToken);
            run = JsonSerializer.Deserialize<RunRecord>(bytes, Strict);
        }
        catch (Exception exception) when (exception is StoreItemMissingException or JsonException or InputException or ArgumentException or OverflowException)
        {
            throw new InputException($"{NoSet(result)}.", exception);
        }

        var problem = run is null ? "it is null" : RunRecordCheck.FindProblem(run);
        if (problem is not null)
            throw new InputException($"{NoSet(result)}: {problem}.");
        return new StoredRun(run! with { Seal = null }, run.Seal is null ? RunSeal.None : EndSeal.IsWhole(bytes) ? RunSeal.Whole : RunSeal.Broken);
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

    private static string NoSet(IDataStore result) => $"{result.Location} holds no finished enhanced set: {ResultFiles.Run} is missing or broken";
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
