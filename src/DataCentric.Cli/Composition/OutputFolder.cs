using System.Text.Json;
using DataCentric.Pipeline;

namespace DataCentric.Cli.Composition;

/// <summary>The folder of an enhanced set, with what belongs to its run in a hidden folder below.</summary>
/// <param name="path">The folder; made when needed.</param>
internal sealed class OutputFolder(string path)
{
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public string Hidden => System.IO.Path.Combine(Path, ".datacentric");

    private string JobFile => System.IO.Path.Combine(Hidden, "job.json");

    /// <summary>The run that the folder holds, or null.</summary>
    public async Task<EnhancementJob?> TryReadJobAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(JobFile))
            return null;
        try
        {
            return JsonSerializer.Deserialize<EnhancementJob>(await File.ReadAllTextAsync(JobFile, cancellationToken), PipelineJson.Indented);
        }
        catch (JsonException exception)
        {
            throw new InputException($"{JobFile} is broken ({exception.Message}); choose another --out.", exception);
        }
    }

    public async Task WriteJobAsync(EnhancementJob job, CancellationToken cancellationToken)
    {
        var temporary = JobFile + ".new";
        await File.WriteAllTextAsync(temporary, JsonSerializer.Serialize(job, PipelineJson.Indented), cancellationToken);
        File.Move(temporary, JobFile, overwrite: true);
    }

    /// <summary>Keeps a second process off this folder until disposed.</summary>
    /// <exception cref="InputException">Another process works here, or the folder cannot be written.</exception>
    public IDisposable Lock()
    {
        try
        {
            Directory.CreateDirectory(Hidden);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"--out {Path}: the folder cannot be made: {exception.Message}", exception);
        }

        try
        {
            return new FileStream(System.IO.Path.Combine(Hidden, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new InputException($"--out {Path}: the folder cannot be written: {exception.Message}", exception);
        }
        catch (IOException exception)
        {
            throw new InputException($"{Path}: another process works on this run ({exception.Message}). Wait for it, or choose another --out.", exception);
        }
    }
}
