namespace DataCentric.Pipeline.Training;

/// <summary>Names of networks that are to be trained.</summary>
internal static class KnownNetworks
{
    /// <summary>Checks that every network that is to be trained is one.</summary>
    /// <param name="wanted">Registry names.</param>
    /// <param name="known">Those that there are.</param>
    /// <exception cref="InputException">One is none; the message lists all.</exception>
    public static void Require(IEnumerable<string> wanted, IEnumerable<string> known)
    {
        string[] unknown = [.. wanted.Except(known)];
        if (unknown.Length > 0)
            throw new InputException($"There is no architecture {string.Join(", ", unknown)}; there are {string.Join(", ", known)}.");
    }
}
