using DataCentric.Adversarial.Networks;
using static TorchSharp.torch;

namespace DataCentric.Adversarial.Training;

/// <summary>
/// Stochastic gradient descent with momentum and weight decay, as PyTorch's SGD: d = grad + decay w; v = mu v + d; w = w - rate v, or
/// w - rate (d + mu v) with Nesterov's momentum. Scales and shifts decay only where that is asked for (He et al. 2019, section 3.1).
/// </summary>
/// <param name="parameters">What is trained.</param>
/// <param name="options">Momentum mu and weight decay.</param>
internal sealed class MomentumSgd(IEnumerable<NamedTensor> parameters, SurrogateOptions options) : IDisposable
{
    private readonly NamedTensor[] _parameters = [.. parameters];
    private readonly Tensor[] _velocities = [.. parameters.Select(parameter => zeros_like(parameter.Value, requires_grad: false).DetachFromDisposeScope())];

    /// <summary>The velocity v of each parameter, by the parameter's name.</summary>
    public IEnumerable<(string Name, Tensor Velocity)> Velocities => _parameters.Zip(_velocities, (parameter, velocity) => (parameter.Name, velocity));

    /// <summary>Descends one step.</summary>
    /// <param name="loss">Scalar loss.</param>
    /// <param name="rate">Learning rate.</param>
    public void Step(Tensor loss, double rate)
    {
        using var scope = NewDisposeScope();
        var gradients = Gradients.Of(loss, [.. _parameters.Select(parameter => parameter.Value)]);
        using var frozen = no_grad();
        for (var i = 0; i < _parameters.Length; i++)
        {
            var (weight, gradient, velocity) = (_parameters[i].Value, gradients[i], _velocities[i]);
            if (options.WeightDecay > 0 && (options.DecayAll || _parameters[i].Role == TensorRole.Weight))
                gradient = gradient.PlusInPlace(weight, options.WeightDecay);
            velocity.TimesInPlace(options.Momentum).PlusInPlace(gradient);
            weight.PlusInPlace(options.Nesterov ? gradient.PlusInPlace(velocity, options.Momentum) : velocity, -rate);
        }
    }

    public void Dispose()
    {
        foreach (var velocity in _velocities)
            velocity.Dispose();
    }
}
