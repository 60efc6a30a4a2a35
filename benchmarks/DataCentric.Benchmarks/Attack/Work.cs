using DataCentric.Benchmarks.Plain;
using static TorchSharp.torch;

namespace DataCentric.Benchmarks.Attack;

/// <summary>Floating-point operations of convolutions and linear layers, counted by a forward pass.</summary>
internal static class Work
{
    /// <summary>Operations of forward pass and input gradient, which are equal, for one image.</summary>
    public static double PerImage(string[] architectures, bool diverse) => architectures.Sum(name => 2 * Forward(name, diverse ? 41 : 32));

    private static double Forward(string name, int side)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var network = PlainNetworks.Make(name, 10);
        network.eval();
        var operations = 0.0;
        foreach (var module in network.modules())
        {
            if (module is TorchSharp.Modules.Conv2d convolution)
                convolution.register_forward_hook((layer, _, y) => Count(((TorchSharp.Modules.Conv2d)layer).weight, y));
            else if (module is TorchSharp.Modules.Linear linear)
                linear.register_forward_hook((layer, _, y) => Count(((TorchSharp.Modules.Linear)layer).weight, y));
        }

        network.forward(zeros(1, 3, side, side));
        return operations;

        Tensor Count(Tensor weight, Tensor y)
        {
            operations += 2.0 * y.numel() * weight.numel() / weight.shape[0];
            return y;
        }
    }
}
