using static TorchSharp.torch;

namespace DataCentric.Adversarial.Attack;

/// <summary>
/// The direction of a step from the gradients so far (eq. 1, 2, 6): g = mu g + grad / norm(grad), with smoothing before or after, all
/// for each sample on its own.
/// </summary>
internal sealed class GradientMomentum : IDisposable
{
    private const float Tiny = 1e-30f; // keeps a zero gradient zero instead of 0 / 0

    private readonly AttackOptions _options;
    private readonly GradientSmoothing _smoothing;
    private readonly Tensor _momentum;

    /// <summary>Starts at rest.</summary>
    /// <param name="options">Decay, normalisation, smoothing.</param>
    /// <param name="like">A tensor of the gradient's shape.</param>
    public GradientMomentum(AttackOptions options, Tensor like)
    {
        _options = options;
        _smoothing = new(like.device);
        _momentum = zeros_like(like).DetachFromDisposeScope();
    }

    /// <summary>Takes a gradient in.</summary>
    /// <param name="gradient">(N, 3, H, W).</param>
    /// <returns>Direction of the step, not yet scaled.</returns>
    public Tensor Add(Tensor gradient)
    {
        if (_options.Smoothing == SmoothingOrder.BeforeMomentum)
            gradient = _smoothing.Apply(gradient);
        _momentum.TimesInPlace(_options.Momentum).PlusInPlace(Normalized(gradient));
        return _options.Smoothing == SmoothingOrder.AfterMomentum ? _smoothing.Apply(_momentum) : _momentum;
    }

    public void Dispose()
    {
        _smoothing.Dispose();
        _momentum.Dispose();
    }

    private Tensor Normalized(Tensor gradient) => _options.MomentumNormalization switch
    {
        MomentumNormalization.None => gradient,
        MomentumNormalization.L1 => gradient / gradient.abs().sum([1, 2, 3], keepdim: true).AtLeastInPlace(Tiny),
        MomentumNormalization.MeanAbsolute => gradient / gradient.abs().mean([1, 2, 3], keepdim: true).AtLeastInPlace(Tiny),
        var unknown => throw new ArgumentOutOfRangeException($"There is no momentum normalisation {unknown}."),
    };
}
