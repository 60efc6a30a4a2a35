using DataCentric.Adversarial.Attack;
using DataCentric.Adversarial.Models;
using static TorchSharp.torch;

namespace DataCentric.Adversarial;

/// <summary>Attacks with modules of TorchSharp that a caller made, in place of model files.</summary>
public static class ModuleEnsemble
{
    /// <summary>Makes an ensemble of modules, which must not be used, changed or disposed by others while it attacks.</summary>
    /// <param name="modules">
    /// At least one, in evaluation mode: float32 images (N, 3, H, W) with pixels in [0, 1] to logits (N, K). What normalises the pixels is part of
    /// the module. They stay the caller's.
    /// </param>
    /// <param name="shape">Shape of the images.</param>
    /// <param name="classCount">Number of classes, K.</param>
    /// <param name="device">Where their parameters lie; null: on the processor.</param>
    /// <returns>The ensemble; for one thread at a time. Its gradients are float32, whatever <see cref="AttackOptions.Precision"/> says.</returns>
    /// <exception cref="ArgumentException">There is no module, one is in training mode, or does not give K logits.</exception>
    public static IEnsemble Of(IReadOnlyList<nn.Module<Tensor, Tensor>> modules, ImageShape shape, int classCount, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(modules);
        if (modules.Count == 0)
            throw new ArgumentException("An ensemble needs at least one module.", nameof(modules));
        var classifiers = modules.Select(module => new ModuleClassifier(module, device ?? CPU)).ToArray();
        for (var i = 0; i < modules.Count; i++)
        {
            if (modules[i].training)
                throw new ArgumentException($"Module {i + 1} is in training mode: call eval().", nameof(modules));
            if (ShapeOfLogits(classifiers[i], shape) is var found && !found.SequenceEqual([1, classCount]))
                throw new ArgumentException($"Module {i + 1} makes ({string.Join(", ", found)}) of one image of {shape}; expected (1, {classCount}).", nameof(modules));
        }

        return new Ensemble(classifiers, shape, classCount);
    }

    private static long[] ShapeOfLogits(ModuleClassifier classifier, ImageShape shape) => TorchThreads.Run(() =>
    {
        using var frozen = no_grad();
        return classifier.Logits(zeros([1, ImageShape.Channels, shape.Height, shape.Width], device: classifier.Device)).shape;
    });
}
