using static TorchSharp.torch;

namespace DataCentric.Adversarial.Attack;

/// <summary>
/// The steps of Auto-PGD (Croce and Hein 2020, arXiv 2003.01690, Alg. 1, with the constants of AutoAttack): with P the projection,
/// z = P(x + eta u), x' = P(x + a (z - x) + (1 - a)(x - x_before)), a = 0.75, at first 1; eta is two radii at first. At checkpoints, which come after
/// 22 % of the iterations and then faster and faster, eta is halved for samples whose loss grew in at most three quarters of the steps since the
/// last one, or whose best loss and eta are what they were then; they go on from their best point.
/// </summary>
internal sealed class AutomaticSteps : ISteps
{
    private const double Inertia = 0.75;
    private const double LeastGrowth = 0.75;

    private readonly int _shortestPeriod;
    private readonly int _periodLoss;
    private readonly Tensor _size;
    private readonly Tensor _before;
    private readonly Tensor _bestDirection;
    private readonly Tensor _bestLoss;
    private readonly Tensor _lastLoss;
    private readonly Tensor _bestAtCheckpoint;
    private readonly Tensor _growths;
    private readonly Tensor _wasHalved;
    private int _period;
    private int _sinceCheckpoint;
    private bool _isUnderWay;

    /// <summary>Starts where the perturbation is.</summary>
    /// <param name="part">The perturbation, which is moved, and disposed with this.</param>
    /// <param name="iterations">Steps in all.</param>
    public AutomaticSteps(PerturbationPart part, int iterations)
    {
        Part = part;
        _period = Math.Max((int)(0.22 * iterations), 1);
        _shortestPeriod = Math.Max((int)(0.06 * iterations), 1);
        _periodLoss = Math.Max((int)(0.03 * iterations), 1);
        using var scope = NewDisposeScope();
        var zero = zeros(part.Value.shape[0], 1, 1, 1, device: part.Value.device);
        Tensor Each(double value) => zero.Plus(value).DetachFromDisposeScope();
        (_size, _bestLoss, _lastLoss, _bestAtCheckpoint, _growths) = (Each(2 * part.Radius), Each(0), Each(0), Each(0), Each(0));
        _wasHalved = ones_like(zero, dtype: ScalarType.Bool).DetachFromDisposeScope(); // none is judged by its best loss at the first checkpoint
        (_before, Best, _bestDirection) = (part.Value.clone().DetachFromDisposeScope(), part.Value.clone().DetachFromDisposeScope(), zeros_like(part.Value).DetachFromDisposeScope());
    }

    public PerturbationPart Part { get; }

    /// <summary>For each sample the point with the highest loss, of those that were asked for.</summary>
    public Tensor Best { get; }

    public void Step(Tensor direction, Tensor losses)
    {
        using var scope = NewDisposeScope();
        var loss = losses.reshape(-1, 1, 1, 1);
        Remember(direction, loss);
        if (_isUnderWay && ++_sinceCheckpoint == _period)
            direction = Halve(direction);
        var share = _isUnderWay ? Inertia : 1;
        _isUnderWay = true;

        var value = Part.Value;
        var target = Part.Inside(Part.Unit(direction).mul_(_size).PlusInPlace(value));
        var moved = target.sub_(value).TimesInPlace(share).PlusInPlace(value).PlusInPlace(value.sub(_before).TimesInPlace(1 - share));
        _before.copy_(value);
        value.copy_(Part.Inside(moved));
    }

    public void Dispose()
    {
        Part.Dispose();
        foreach (var tensor in new[] { Best, _size, _before, _bestDirection, _bestLoss, _lastLoss, _bestAtCheckpoint, _growths, _wasHalved })
            tensor.Dispose();
    }

    private void Remember(Tensor direction, Tensor loss)
    {
        if (_isUnderWay)
            _growths.PlusInPlace((loss > _lastLoss).to(_growths.dtype));
        else
            _bestAtCheckpoint.copy_(loss);
        _lastLoss.copy_(loss);
        var isBest = _isUnderWay ? loss > _bestLoss : ones_like(loss, dtype: ScalarType.Bool);
        _bestLoss.copy_(where(isBest, loss, _bestLoss));
        Best.copy_(where(isBest, Part.Value, Best));
        _bestDirection.copy_(where(isBest, direction, _bestDirection));
    }

    // The gradient to go on with: at the best point for those that go on from there.
    private Tensor Halve(Tensor direction)
    {
        var stands = _bestAtCheckpoint.ge(_bestLoss).logical_and(_wasHalved.logical_not());
        var isHalved = _growths.Plus(-LeastGrowth * _period).le(zeros_like(_growths)).logical_or(stands);
        _size.copy_(where(isHalved, _size.Times(0.5), _size));
        Part.Value.copy_(where(isHalved, Best, Part.Value));
        _wasHalved.copy_(isHalved);
        _bestAtCheckpoint.copy_(_bestLoss);
        _growths.zero_();
        (_period, _sinceCheckpoint) = (Math.Max(_period - _periodLoss, _shortestPeriod), 0);
        return where(isHalved, _bestDirection, direction);
    }
}
