using static TorchSharp.torch;

namespace DataCentric.Adversarial.Networks;

/// <summary>The phase of a network, shared by its layers.</summary>
internal sealed class Mode
{
    /// <summary>The present phase.</summary>
    public Phase Phase { get; private set; } = Phase.Evaluation;

    /// <summary>Number format in which a frozen network computes; in the other phases it is float32.</summary>
    public ScalarType Format { get; private set; } = ScalarType.Float32;

    /// <summary>Told when phase or format change.</summary>
    public event Action? Changed;

    /// <summary>Enters a phase.</summary>
    /// <param name="phase">The phase to enter.</param>
    /// <param name="format">float32 or bfloat16.</param>
    public void Enter(Phase phase, ScalarType format)
    {
        (Phase, Format) = (phase, format);
        Changed?.Invoke();
    }
}

/// <summary>Tensors that a frozen layer computes with, derived from its weights when they are first needed.</summary>
internal sealed class FrozenTensors
{
    private readonly Mode _mode;
    private readonly Func<Tensor[]> _derive;
    private Tensor[]? _present;

    /// <summary>Nothing is derived yet.</summary>
    /// <param name="mode">The network's phase and format; a change forgets what was derived.</param>
    /// <param name="derive">From the present weights, in float32.</param>
    public FrozenTensors(Mode mode, Func<Tensor[]> derive)
    {
        (_mode, _derive) = (mode, derive);
        mode.Changed += Forget;
    }

    /// <summary>One of the tensors, in the network's format.</summary>
    public Tensor this[int index] => (_present ??= Derive())[index];

    /// <summary>How many there are.</summary>
    public int Count => (_present ??= Derive()).Length;

    private Tensor[] Derive()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        return [.. _derive().Select(tensor => (tensor.dtype == _mode.Format ? tensor.alias() : tensor.to(_mode.Format)).DetachFromDisposeScope())];
    }

    private void Forget()
    {
        foreach (var tensor in _present ?? [])
            tensor.Dispose();
        _present = null;
    }
}
