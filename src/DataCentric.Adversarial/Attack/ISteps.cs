using static TorchSharp.torch;

namespace DataCentric.Adversarial.Attack;

/// <summary>How one of the two perturbations is moved.</summary>
internal interface ISteps : IDisposable
{
    /// <summary>The perturbation.</summary>
    PerturbationPart Part { get; }

    /// <summary>What the attack gives of it, by now: (N, 3, H, W).</summary>
    Tensor Best { get; }

    /// <summary>Makes the next step.</summary>
    /// <param name="direction">Gradient at the present point, (N, 3, H, W).</param>
    /// <param name="losses">Loss there, (N).</param>
    void Step(Tensor direction, Tensor losses);
}

/// <summary>Steps of one length.</summary>
/// <param name="part">The perturbation, disposed with this.</param>
internal sealed class FixedSteps(PerturbationPart part) : ISteps
{
    public PerturbationPart Part => part;

    public Tensor Best => part.Value;

    public void Step(Tensor direction, Tensor losses) => part.Step(direction);

    public void Dispose() => part.Dispose();
}
