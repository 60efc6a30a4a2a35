using DataCentric.Pipeline.Planning;

namespace DataCentric.Pipeline.Results;

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
