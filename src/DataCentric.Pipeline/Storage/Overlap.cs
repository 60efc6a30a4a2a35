namespace DataCentric.Pipeline.Storage;

/// <summary>Keeps what is written apart from what is read.</summary>
public static class Overlap
{
    private const string Holds = "holds";

    /// <summary>Refuses an output that is an input, lies in one or holds one.</summary>
    /// <param name="output">Location of a store, or path of a file.</param>
    /// <param name="inputs">Places as users name them; null where there is none.</param>
    /// <param name="mayHold">Whether it may hold one, because what is written has names of its own.</param>
    /// <exception cref="InputException">They are not apart; the message names both.</exception>
    public static void Refuse(string output, IEnumerable<string?> inputs, bool mayHold = false)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (PlaceOf(output) is not { } there)
            return;
        foreach (var input in inputs.OfType<string>())
        {
            if (PlaceOf(input) is { } here && Relation(there, here) is { } relation && !(mayHold && relation == Holds))
                throw new InputException($"The output {there.Name} {relation} the input {here.Name}; nothing is written there. Choose another place for the output.");
        }
    }

    private static string? Relation(Place output, Place input)
    {
        if (output.IsRemote != input.IsRemote)
            return null;
        var comparison = !output.IsRemote && (OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()) ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var (there, here) = (output.Name + output.Separator, input.Name + input.Separator);
        if (there.Equals(here, comparison))
            return "is";
        if (here.StartsWith(there, comparison))
            return Holds;
        return there.StartsWith(here, comparison) ? "lies in" : null;
    }

    /// <summary>Null for an address that names no item: who opens it says what is wrong with it.</summary>
    private static Place? PlaceOf(string place)
    {
        if (!DataStores.IsRemote(place))
            return string.IsNullOrWhiteSpace(place) || place.Contains('\0', StringComparison.Ordinal) ? null : new(RealPath.Of(place), IsRemote: false);
        try
        {
            var (store, name) = DataStores.OpenItem(place);
            return new($"{store.Location.TrimEnd('/')}/{name}", IsRemote: true);
        }
        catch (InputException)
        {
            return Uri.TryCreate(place, UriKind.Absolute, out var address) ? new(address.GetLeftPart(UriPartial.Path).TrimEnd('/'), IsRemote: true) : null;
        }
    }

    private readonly record struct Place(string Name, bool IsRemote)
    {
        public char Separator => IsRemote ? '/' : Path.DirectorySeparatorChar;
    }
}
