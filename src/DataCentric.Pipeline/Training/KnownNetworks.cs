namespace DataCentric.Pipeline.Training;

/// <summary>Names of networks that are to be trained.</summary>
public static class KnownNetworks
{
    /// <summary>Checks that every network that is to be trained is one.</summary>
    /// <param name="wanted">Registry names.</param>
    /// <param name="known">Those that there are.</param>
    /// <exception cref="InputException">One is none; the message lists all.</exception>
    public static void Require(IEnumerable<string> wanted, IEnumerable<string> known)
    {
        if (Problem(wanted, known) is { } problem)
            throw new InputException(problem);
    }

    /// <summary>What is wrong with names, a sentence that lists all there are; null where nothing is.</summary>
    /// <param name="wanted">Registry names.</param>
    /// <param name="known">Those that there are.</param>
    public static string? Problem(IEnumerable<string> wanted, IEnumerable<string> known)
    {
        string[] unknown = [.. wanted.Except(known)];
        return unknown.Length > 0 ? $"There is no architecture {string.Join(", ", unknown)}; there are {string.Join(", ", known)}." : null;
    }
}
