using DataCentric.Adversarial.Networks;

namespace DataCentric.Adversarial.Exchange;

/// <summary>Finds the network that weights belong to by the names and shapes of their tensors.</summary>
internal static class Recognition
{
    private const string WayOut = "Name the network by --arch, or save the state dict of one of these";

    /// <summary>The network of a state dict.</summary>
    /// <param name="tensors">Its tensors.</param>
    /// <param name="source">File, for messages.</param>
    /// <exception cref="InputException">No network has these tensors, or several have.</exception>
    public static NetworkOutline Find(IReadOnlyDictionary<string, StoredTensor> tensors, string source)
    {
        var outlines = Architectures.All.Select(architecture => NetworkOutline.For(architecture, tensors)).ToArray();
        var fitting = outlines.Where(outline => outline.Shapes.Count == tensors.Count && Known(outline, tensors) == tensors.Count).ToArray();
        return fitting switch
        {
            [var one] => one,
            [] => throw new InputException($"{source}: {WhatIsThere(tensors)}; no network here has these names and shapes. "
                + $"{Nearest(outlines, tensors)}{WayOut}: {string.Join(", ", Architectures.Names)}."),
            _ => throw new InputException($"{source}: {WhatIsThere(tensors)}, which fits several networks. "
                + $"Name the one that it is by --arch: {string.Join(", ", fitting.Select(outline => outline.Architecture.Name))}."),
        };
    }

    private static int Known(NetworkOutline outline, IReadOnlyDictionary<string, StoredTensor> tensors) =>
        tensors.Count(pair => outline.Has(pair.Key, pair.Value));

    private static string WhatIsThere(IReadOnlyDictionary<string, StoredTensor> tensors) => tensors.Count == 0
        ? "holds no tensors"
        : $"holds {tensors.Count} tensors such as \"{tensors.First().Key}\" {StoredWeights.Sides(tensors.First().Value.Shape)}";

    /// <summary>The network that shares most tensors, and the first thing that is not as it should be; empty where none shares any.</summary>
    private static string Nearest(NetworkOutline[] outlines, IReadOnlyDictionary<string, StoredTensor> tensors)
    {
        var nearest = outlines.MaxBy(outline => (2.0 * Known(outline, tensors)) - outline.Shapes.Count)!;
        if (Known(nearest, tensors) is var shared && shared == 0)
            return "";
        var lacking = nearest.Shapes.Keys.FirstOrDefault(name => !tensors.ContainsKey(name));
        var strange = tensors.FirstOrDefault(pair => !nearest.Has(pair.Key, pair.Value));
        var reason = lacking is not null
            ? $"\"{lacking}\" is missing"
            : $"\"{strange.Key}\" {StoredWeights.Sides(strange.Value.Shape)} is {(nearest.Shapes.ContainsKey(strange.Key) ? "of another shape" : "none of its")}";
        return $"The nearest is {nearest.Architecture.Name} ({shared} of its {nearest.Shapes.Count} tensors; {reason}). ";
    }
}
