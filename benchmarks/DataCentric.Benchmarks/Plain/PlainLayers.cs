using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DataCentric.Benchmarks.Plain;

/// <summary>Layers and blocks as one writes them after PyTorch's example code; PyTorch's default memory layout, nothing in place.</summary>
internal static class PlainLayers
{
    public static Module<Tensor, Tensor> Conv(int input, int output, int kernel, int stride = 1, int groups = 1, bool bias = false) =>
        Conv2d(input, output, kernel, stride: stride, padding: kernel / 2, groups: groups, bias: bias);

    public static Module<Tensor, Tensor> ConvNorm(int input, int output, int kernel, int stride = 1, int groups = 1, bool relu = true, bool bias = false)
    {
        var layers = new List<Module<Tensor, Tensor>> { Conv(input, output, kernel, stride, groups, bias), BatchNorm2d(output) };
        if (relu)
            layers.Add(ReLU());
        return Sequential(layers);
    }

    public static Module<Tensor, Tensor> Classifier(int features, int classes) =>
        Sequential(AdaptiveAvgPool2d(1), Flatten(), Linear(features, classes));
}

/// <summary>main(x) + shortcut(x), with a ReLU after it or not; before it, where given, a part that both see.</summary>
internal sealed class PlainResidual : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor>? _before;
    private readonly Module<Tensor, Tensor> _main;
    private readonly Module<Tensor, Tensor>? _shortcut;
    private readonly bool _relu;

    public PlainResidual(Module<Tensor, Tensor> main, Module<Tensor, Tensor>? shortcut, bool relu, Module<Tensor, Tensor>? before = null)
        : base(nameof(PlainResidual))
    {
        (_main, _shortcut, _relu, _before) = (main, shortcut, relu, before);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var seen = _before is null ? x : _before.forward(x);
        var way = _shortcut is null ? x : _shortcut.forward(seen);
        var sum = _main.forward(seen).add(way, 1);
        return _relu ? functional.relu(sum) : sum;
    }
}

/// <summary>Shortcut without parameters: every second place, zeros for new channels.</summary>
internal sealed class PlainDownsample(int newChannels) : Module<Tensor, Tensor>(nameof(PlainDownsample))
{
    public override Tensor forward(Tensor x) => functional.pad(
        x[TensorIndex.Ellipsis, TensorIndex.Slice(step: 2), TensorIndex.Slice(step: 2)], [0, 0, 0, 0, newChannels / 2, newChannels / 2]);
}

/// <summary>New maps before the old ones.</summary>
internal sealed class PlainDense : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> _layer;

    public PlainDense(Module<Tensor, Tensor> layer)
        : base(nameof(PlainDense))
    {
        _layer = layer;
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => cat([_layer.forward(x), x], 1);
}
