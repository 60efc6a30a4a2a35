namespace DataCentric.Pipeline.DataSets;

/// <summary>What a manifest adds up to, with the entries that pictures are made of.</summary>
/// <param name="Kinds">How many samples each kind of corruption got, by name.</param>
/// <param name="Attack">What the attack did on average; null where nothing was attacked.</param>
/// <param name="Selection">What the scores that chose came to; null where chance did.</param>
/// <param name="Set">Figures of card and report.</param>
/// <param name="Examples">A few entries of each group, see <see cref="ExampleChoice"/>, in the order of the groups.</param>
internal sealed record ManifestStatistics(
    IReadOnlyDictionary<string, int> Kinds,
    AttackSummary? Attack,
    SelectionSummary? Selection,
    SetStatistics Set,
    IReadOnlyList<(GroupStatistics Group, IReadOnlyList<ManifestEntry> Entries)> Examples)
{
    /// <summary>Reads the manifest once; memory holds a line, sums and the examples.</summary>
    public static async Task<ManifestStatistics> ReadAsync(IDataStore store, IngestedSet set, bool hasHeldOut, CancellationToken cancellationToken)
    {
        var groups = new Dictionary<string, (GroupTotals Totals, ExampleChoice Examples)>(StringComparer.Ordinal);
        var (attack, selection) = (new AttackTotals(), new SelectionTotals());
        await foreach (var entry in ManifestReader.ReadAllAsync(store, cancellationToken))
        {
            var name = GroupOf(entry);
            if (!groups.TryGetValue(name, out var group))
                groups[name] = group = (new GroupTotals(name, entry.Role, set.Shape, set.ClassCount), new ExampleChoice());
            group.Totals.Add(entry);
            group.Examples.Add(entry);
            attack.Add(entry);
            selection.Add(entry);
        }

        var examples = groups.Values.Select(group => (Group: group.Totals.Build(), Entries: group.Examples.Chosen))
            .OrderBy(group => group.Group.Role).ThenBy(group => group.Group.Name, StringComparer.Ordinal).ToArray();
        var kinds = examples.Where(group => group.Group.Role == SampleRole.Corrupted).ToDictionary(group => group.Group.Name, group => group.Group.Count);
        var figures = new SetStatistics(
            [.. examples.Select(group => group.Group)], attack.ToRates(), [.. examples.SelectMany(group => group.Entries).Select(entry => entry.Index)]);
        return new(kinds, attack.ToSummary(hasHeldOut), selection.ToSummary(), figures, examples);
    }

    /// <summary>Clean, adversarial, or the kind of corruption.</summary>
    private static string GroupOf(ManifestEntry entry) => entry.Kind ?? (entry.Role == SampleRole.Adversarial ? "adversarial" : "clean");
}

/// <summary>Adds up what the attack did.</summary>
internal sealed class AttackTotals
{
    private int _count, _rightBefore, _rightAfter, _fooled, _heldOutBefore, _heldOutAfter, _heldOutFooled;
    private double _l2, _linf;

    public void Add(ManifestEntry entry)
    {
        if (entry.Attack is not { } attack)
            return;
        var (before, after) = (attack.PredictionBefore == entry.Label, attack.PredictionAfter == entry.Label);
        var (heldOutBefore, heldOutAfter) = (attack.HeldOutBefore == entry.Label, attack.HeldOutAfter == entry.Label);
        _count++;
        _rightBefore += before ? 1 : 0;
        _rightAfter += after ? 1 : 0;
        _fooled += before && !after ? 1 : 0;
        _heldOutBefore += heldOutBefore ? 1 : 0;
        _heldOutAfter += heldOutAfter ? 1 : 0;
        _heldOutFooled += heldOutBefore && !heldOutAfter ? 1 : 0;
        _l2 += entry.L2;
        _linf += entry.Linf;
    }

    public AttackSummary? ToSummary(bool hasHeldOut) => _count == 0 ? null : new(
        (double)_rightBefore / _count,
        (double)_rightAfter / _count,
        hasHeldOut ? (double)_heldOutBefore / _count : null,
        hasHeldOut ? (double)_heldOutAfter / _count : null,
        _l2 / _count,
        _linf / _count);

    public FoolingRates? ToRates() => _count == 0 ? null : new(Share(_fooled, _rightBefore), Share(_heldOutFooled, _heldOutBefore));

    private static double? Share(int part, int whole) => whole == 0 ? null : (double)part / whole;
}

/// <summary>Adds up the scores of a manifest.</summary>
internal sealed class SelectionTotals
{
    private readonly Dictionary<SampleRole, Mean> _roles = [];
    private readonly Mean _kinds = new();

    public void Add(ManifestEntry entry)
    {
        if (entry.Selection is not { } selection)
            return;
        if (!_roles.TryGetValue(entry.Role, out var role))
            _roles[entry.Role] = role = new Mean();
        role.Add(selection.Score);
        if (selection.KindScore is { } score)
            _kinds.Add(score);
    }

    /// <summary>The means; null where chance chose.</summary>
    public SelectionSummary? ToSummary() => _roles.Count == 0
        ? null
        : new(Of(SampleRole.Clean), Of(SampleRole.Adversarial), Of(SampleRole.Corrupted), _kinds.Value);

    private double? Of(SampleRole role) => _roles.GetValueOrDefault(role)?.Value;

    private sealed class Mean
    {
        private double _sum;
        private int _count;

        public double? Value => _count == 0 ? null : _sum / _count;

        public void Add(double value)
        {
            _sum += value;
            _count++;
        }
    }
}
