using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DataCentric.Benchmarks.Plain;

/// <summary>
/// The l-infinity loop of the published code (hncszyq/tianchi_challenge, gen_delta_linf.py), line by line in TorchSharp: every
/// network's graph alive until one backward pass, float32, parameters frozen.
/// </summary>
internal sealed class PlainAttack
{
    private const int Side = 32;
    private const double Epsilon = 8.0 / 255;
    private const double Step = 2.0 / 255;
    private static readonly float[] Mean = [0.4914f, 0.4822f, 0.4465f];
    private static readonly float[] Deviation = [0.2023f, 0.1994f, 0.2010f];
    private static readonly double[] Line = [0.006646, 0.194226, 0.598257, 0.194226, 0.006646];

    private readonly Random _random = new(1);
    private readonly List<Module<Tensor, Tensor>> _models;
    private readonly double _diversityProbability;
    private readonly Tensor _mean = tensor(Mean, [1, 3, 1, 1]);
    private readonly Tensor _deviation = tensor(Deviation, [1, 3, 1, 1]);
    private readonly Tensor _kernel = tensor(Enumerable.Range(0, 75).Select(i => (float)(Line[i / 5 % 5] * Line[i % 5])).ToArray(), [3, 1, 5, 5]);
    private readonly Tensor _clean;
    private readonly Tensor _labels;
    private Tensor _delta;
    private Tensor _momentum;

    public PlainAttack(string[] architectures, int batch, double diversityProbability, int classes)
    {
        _models = [.. architectures.Select(name => PlainNetworks.Make(name, classes))];
        foreach (var model in _models)
        {
            model.eval();
            foreach (var parameter in model.parameters())
                parameter.requires_grad = false;
        }

        _diversityProbability = diversityProbability;
        _clean = rand(batch, 3, Side, Side);
        _labels = zeros(batch, 1, dtype: ScalarType.Int64);
        (_delta, _momentum) = (zeros_like(_clean), zeros_like(_clean));
    }

    public long Parameters => _models.Sum(model => model.parameters().Sum(parameter => parameter.numel()));

    public void Iterate()
    {
        using var scope = NewDisposeScope();
        var delta = _delta.detach().requires_grad_(true);
        var logits = _models.Select(model => model.forward((Diverse(_clean.add(delta, 1)) - _mean) / _deviation).mul(1.0 / _models.Count)).ToArray();
        var loss = -logits.Aggregate((sum, next) => sum.add(next, 1)).gather(1, _labels).sum();
        loss.backward();
        var smooth = functional.conv2d(delta.grad!, _kernel, padding: [2, 2], groups: 3);
        var momentum = smooth.add(_momentum, 1);
        var moved = _delta.add(momentum.sign().mul(Step), 1).clamp(-Epsilon, Epsilon);
        var next = _clean.add(moved, 1).clamp(0, 1) - _clean;
        _delta.Dispose();
        _momentum.Dispose();
        (_delta, _momentum) = (next.detach().DetachFromDisposeScope(), momentum.detach().DetachFromDisposeScope());
    }

    private Tensor Diverse(Tensor x)
    {
        if (_random.NextDouble() > _diversityProbability)
            return x;
        var side = _random.Next(32, 41);
        var (top, left) = (_random.Next(41 - side), _random.Next(41 - side));
        return functional.pad(functional.interpolate(x, size: [side, side]), [left, 41 - side - left, top, 41 - side - top]);
    }
}
