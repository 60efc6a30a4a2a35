namespace DataCentric.Pipeline.Fetching;

/// <summary>
/// A file that is being fetched: <c>NAME.part</c>, and beside it <c>NAME.part.json</c> with the version that its bytes belong to. Only when
/// it is whole and its hash fits it gets its name, in one step.
/// </summary>
/// <param name="path">The name that it gets.</param>
internal sealed class PartialFile(string path)
{
    private readonly string _version = path + ".part.json";

    /// <summary>Where the bytes are.</summary>
    public string Part { get; } = path + ".part";

    /// <summary>Bytes that are here.</summary>
    public long Length => File.Exists(Part) ? new FileInfo(Part).Length : 0;

    /// <summary>
    /// What the server called the version that the bytes belong to, an entity tag or a date (RFC 9110, section 13.1.5); null where there
    /// are none or their version is not known, so that they cannot be gone on with.
    /// </summary>
    public string? Version(Uri address)
    {
        if (Length == 0 || !File.Exists(_version))
            return null;
        try
        {
            var note = JsonSerializer.Deserialize<Note>(File.ReadAllBytes(_version), PipelineJson.Compact);
            return note?.Address == address.AbsoluteUri ? note.Version : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Begins anew with a version.</summary>
    public FileStream Create(Uri address, string? version)
    {
        Delete();
        if (version is not null)
            File.WriteAllBytes(_version, JsonSerializer.SerializeToUtf8Bytes(new Note(address.AbsoluteUri, version), PipelineJson.Compact));
        return new FileStream(Part, FileMode.CreateNew, FileAccess.Write);
    }

    /// <summary>Goes on behind the bytes that are here.</summary>
    public FileStream Append() => new(Part, FileMode.Append, FileAccess.Write);

    /// <summary>Gives the file its name.</summary>
    public void Complete()
    {
        File.Move(Part, path, overwrite: true);
        File.Delete(_version);
    }

    /// <summary>Removes what is here.</summary>
    public void Delete()
    {
        File.Delete(Part);
        File.Delete(_version);
    }

    private sealed record Note(string Address, string Version);
}
