namespace DataCentric.Imaging.Tests.Formats;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("datacentric-").FullName;

    /// <summary>A folder with PNG files of one grey value each.</summary>
    public static TempFolder OfPictures(params (string Name, int Side, byte Value)[] files)
    {
        var folder = new TempFolder();
        foreach (var (name, side, value) in files)
            folder.Write(name, Encodable.Png(side, side, value));
        return folder;
    }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, byte[] bytes)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(File(name))!);
        System.IO.File.WriteAllBytes(File(name), bytes);
        return File(name);
    }

    public string Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
