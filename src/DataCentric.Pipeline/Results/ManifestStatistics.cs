using System.Text.Json;
using DataCentric.Pipeline.Activities;
using DataCentric.Pipeline.Planning;
using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Results;

/// <summary>What a manifest adds up to, with the entries that pictures are made of.</summary>
/// <param name="Kinds">How many samples each kind of corruption got, by name.</param>
/// <param name="Attack">What the attack did on average; null where nothing was attacked.</param>
/// <param name="Selection">What the scores that chose came to; null where chance did.</param>
/// <param name="Set">Figures of card and report.</param>
/// <param name="Examples">The first few entries of each group, by the group's name, in the order of the groups.</param>
internal sealed record ManifestStatistics(
    IReadOnlyDictionary<string, int> Kinds,
    AttackSummary? Attack,
    SelectionSummary? Selection,
    SetStatistics Set,
    IReadOnlyList<(GroupStatistics Group, IReadOnlyList<ManifestEntry> Entries)> Examples)
{
    private const int ExamplesOfEach = 4;

    /// <summary>Reads the manifest once; memory holds a line, sums and the examples.</summary>
    public static async Task<ManifestStatistics> ReadAsync(IDataStore store, IngestedSet set, bool hasHeldOut, CancellationToken cancellationToken)
    {
        var groups = new Dictionary<string, (GroupTotals Totals, List<ManifestEntry> Examples)>(StringComparer.Ordinal);
        var (attack, selection) = (new AttackTotals(), new SelectionTotals());
        await using var stream = await store.OpenReadAsync(ResultFiles.Manifest, 0, cancellationToken);
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            var entry = JsonSerializer.Deserialize<ManifestEntry>(line, PipelineJson.Compact)!;
            var name = GroupOf(entry);
            if (!groups.TryGetValue(name, out var group))
                groups[name] = group = (new GroupTotals(name, entry.Role, set.Shape, set.ClassCount), []);
            group.Totals.Add(entry);
            if (group.Examples.Count < ExamplesOfEach)
                group.Examples.Add(entry);
            attack.Add(entry);
            selection.Add(entry);
        }

        var examples = groups.Values.Select(group => (Group: group.Totals.Build(), Entries: (IReadOnlyList<ManifestEntry>)group.Examples))
            .OrderBy(group => group.Group.Role).ThenBy(group => group.Group.Name, StringComparer.Ordinal).ToArray();
        var kinds = examples.Where(group => group.Group.Role == SampleRole.Corrupted).ToDictionary(group => group.Group.Name, group => group.Group.Count);
        var figures = new SetStatistics(
            [.. examples.Select(group => group.Group)], attack.ToRates(), [.. examples.SelectMany(group => group.Entries).Select(entry => entry.Index)]);
        return new(kinds, attack.ToSummary(hasHeldOut), selection.ToSummary(), figures, examples);
    }

    /// <summary>Clean, adversarial, or the kind of corruption.</summary>
    private static string GroupOf(ManifestEntry entry) => entry.Kind ?? (entry.Role == SampleRole.Adversarial ? "adversarial" : "clean");
}
