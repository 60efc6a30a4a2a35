using System.Text.Json;
using DataCentric.Pipeline.Activities;
using DataCentric.Pipeline.Planning;
using DataCentric.Pipeline.Storage;

namespace DataCentric.Pipeline.Results;

/// <summary>What a manifest adds up to.</summary>
/// <param name="Kinds">How many samples each kind of corruption got, by name.</param>
/// <param name="Attack">What the attack did on average; null where nothing was attacked.</param>
/// <param name="Selection">What the scores that chose came to; null where chance did.</param>
/// <param name="Counts">How many samples each group has: clean, adversarial, and each kind.</param>
/// <param name="Examples">The first few entries of each group, for pictures.</param>
internal sealed record ManifestStatistics(
    IReadOnlyDictionary<string, int> Kinds,
    AttackSummary? Attack,
    SelectionSummary? Selection,
    IReadOnlyDictionary<string, int> Counts,
    IReadOnlyDictionary<string, IReadOnlyList<ManifestEntry>> Examples)
{
    private const int ExamplesOfEach = 4;

    /// <summary>Reads the manifest once; memory holds a line and the examples.</summary>
    public static async Task<ManifestStatistics> ReadAsync(IDataStore store, bool hasHeldOut, CancellationToken cancellationToken)
    {
        var kinds = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var examples = new SortedDictionary<string, List<ManifestEntry>>(StringComparer.Ordinal);
        var (attack, selection) = (new AttackTotals(), new SelectionTotals());
        await using var stream = await store.OpenReadAsync(ResultFiles.Manifest, 0, cancellationToken);
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            var entry = JsonSerializer.Deserialize<ManifestEntry>(line, PipelineJson.Compact)!;
            if (entry.Kind is { } kind)
                kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
            var group = GroupOf(entry);
            counts[group] = counts.GetValueOrDefault(group) + 1;
            if (!examples.TryGetValue(group, out var list))
                examples[group] = list = [];
            if (list.Count < ExamplesOfEach)
                list.Add(entry);
            attack.Add(entry);
            selection.Add(entry);
        }

        return new(
            kinds,
            attack.ToSummary(hasHeldOut),
            selection.ToSummary(),
            counts,
            examples.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<ManifestEntry>)pair.Value));
    }

    /// <summary>Clean, adversarial, or the kind of corruption.</summary>
    private static string GroupOf(ManifestEntry entry) => entry.Kind ?? (entry.Role == SampleRole.Adversarial ? "adversarial" : "clean");

    private sealed class AttackTotals
    {
        private int _count, _rightBefore, _rightAfter, _heldOutBefore, _heldOutAfter;
        private double _l2, _linf;

        public void Add(ManifestEntry entry)
        {
            if (entry.Attack is not { } attack)
                return;
            _count++;
            _rightBefore += attack.PredictionBefore == entry.Label ? 1 : 0;
            _rightAfter += attack.PredictionAfter == entry.Label ? 1 : 0;
            _heldOutBefore += attack.HeldOutBefore == entry.Label ? 1 : 0;
            _heldOutAfter += attack.HeldOutAfter == entry.Label ? 1 : 0;
            _l2 += entry.L2;
            _linf += entry.Linf;
        }

        public AttackSummary? ToSummary(bool hasHeldOut) => _count == 0 ? null : new(
            Share(_rightBefore),
            Share(_rightAfter),
            hasHeldOut ? Share(_heldOutBefore) : null,
            hasHeldOut ? Share(_heldOutAfter) : null,
            _l2 / _count,
            _linf / _count);

        private double Share(int count) => (double)count / _count;
    }
}
