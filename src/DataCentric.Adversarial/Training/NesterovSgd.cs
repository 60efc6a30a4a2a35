using DataCentric.Adversarial.Networks;
using DataCentric.Adversarial.Runtime;
using static TorchSharp.torch;

namespace DataCentric.Adversarial.Training;

/// <summary>
/// Stochastic gradient descent with Nesterov momentum and weight decay, as PyTorch's SGD: d = grad + decay w; v = mu v + d;
/// w = w - rate (d + mu v). Scales and shifts do not decay (He et al. 2019, section 3.1).
/// </summary>
internal sealed class NesterovSgd(IEnumerable<NamedTensor> parameters, double weightDecay) : IDisposable
{
    private const double Momentum = 0.9;

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
        var gradients = autograd.grad([loss], [.. _parameters.Select(parameter => parameter.Value)]);
        using var frozen = no_grad();
        for (var i = 0; i < _parameters.Length; i++)
        {
            var (weight, gradient, velocity) = (_parameters[i].Value, gradients[i], _velocities[i]);
            if (_parameters[i].Role == TensorRole.Weight && weightDecay > 0)
                gradient = gradient.PlusInPlace(weight, weightDecay);
            velocity.TimesInPlace(Momentum).PlusInPlace(gradient);
            weight.PlusInPlace(gradient.PlusInPlace(velocity, Momentum), -rate);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var velocity in _velocities)
            velocity.Dispose();
    }
}
