namespace DataCentric.Pipeline.Model;

/// <summary>What places are called in what goes out with a set: folders of the machine that made it are nobody's business.</summary>
internal static class ShownPlace
{
    /// <summary>An address or a relative path as it is; of a full path the last part.</summary>
    /// <param name="place">Where a data set or a result lies, without what could be a secret.</param>
    public static string Of(string place) => IsShortened(place) ? place.TrimEnd('/', '\\').Split('/', '\\')[^1] : place;

    /// <summary>Whether only the last part is shown.</summary>
    /// <param name="place">As above.</param>
    public static bool IsShortened(string place) => !DataStores.IsRemote(place) && Path.IsPathRooted(place);
}
