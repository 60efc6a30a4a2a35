namespace DataCentric.Pipeline.Storage;

/// <summary>Where a path leads: links of all its folders followed, as far as it exists.</summary>
internal static class RealPath
{
    private const int MostLinks = 40; // as Linux has it

    /// <summary>Follows the links of a path.</summary>
    /// <param name="path">Absolute or relative to the working directory; need not exist.</param>
    /// <returns>A full path without a slash at its end.</returns>
    /// <exception cref="InputException">Its links lead in a circle.</exception>
    public static string Of(string path)
    {
        var full = Path.GetFullPath(path);
        var place = Path.GetPathRoot(full)!;
        var left = new Stack<string>(Parts(full[place.Length..]));
        for (var links = 0; left.TryPop(out var part);)
        {
            if (part == "..")
            {
                place = Path.GetDirectoryName(place) ?? place;
                continue;
            }

            var next = Path.Combine(place, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                place = next;
                continue;
            }

            if (++links > MostLinks)
                throw new InputException($"{path}: the links in this path lead in a circle.");
            if (Path.IsPathRooted(target))
                place = Path.GetPathRoot(target)!;
            foreach (var step in Parts(target[(Path.GetPathRoot(target)?.Length ?? 0)..]))
                left.Push(step);
        }

        return place;
    }

    /// <summary>Last part first.</summary>
    private static IEnumerable<string> Parts(string path) =>
        path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").Reverse();
}
