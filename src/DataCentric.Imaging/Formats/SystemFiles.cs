namespace DataCentric.Imaging.Formats;

/// <summary>Tells the user's files from those that systems leave behind.</summary>
internal static class SystemFiles
{
    /// <summary>Names that begin with a dot, and __MACOSX, are the system's and not the user's.</summary>
    public static bool IsOwn(string path) => Path.GetFileName(path) is var name && !name.StartsWith('.') && name != "__MACOSX";
}
