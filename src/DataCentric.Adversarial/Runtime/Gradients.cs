using static TorchSharp.torch;

namespace DataCentric.Adversarial.Runtime;

/// <summary>Gradients of a loss.</summary>
internal static class Gradients
{
    /// <summary>
    /// Runs the backward pass. Not torch.autograd.grad: TorchSharp 0.107 lets what goes wrong in it (a device without memory) end the
    /// process, where backward passes it on as an exception.
    /// </summary>
    /// <param name="loss">Scalar.</param>
    /// <param name="leaves">Tensors that require a gradient and have none yet; they have none afterwards.</param>
    /// <returns>The gradient with respect to each, in the order of the leaves.</returns>
    public static Tensor[] Of(Tensor loss, params Tensor[] leaves)
    {
        try
        {
            autograd.backward([loss], inputs: leaves);
            return [.. leaves.Select(leaf => leaf.grad!)];
        }
        finally
        {
            foreach (var leaf in leaves)
                leaf.grad = null;
        }
    }
}
