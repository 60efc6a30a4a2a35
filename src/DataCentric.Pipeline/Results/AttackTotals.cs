using DataCentric.Pipeline.Activities;

namespace DataCentric.Pipeline.Results;

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
