using DataCentric.Randomness;
using static TorchSharp.torch;

namespace DataCentric.Adversarial.Networks;

/// <summary>What the values of a tensor are before any training.</summary>
internal enum Initial
{
    /// <summary>Normal with variance 2 / fan-in, for layers before a ReLU (He et al. 2015, eq. 10).</summary>
    He,

    /// <summary>Normal with variance 1 / fan-in.</summary>
    Plain,

    /// <summary>All zero.</summary>
    Zeros,

    /// <summary>All one.</summary>
    Ones,
}

/// <summary>Where a network takes the values of its tensors from.</summary>
internal interface IWeightSource
{
    /// <summary>Values of one tensor in PyTorch's order (out, in, height, width).</summary>
    /// <param name="name">Name in PyTorch's state dict.</param>
    /// <param name="shape">Shape that the layer needs.</param>
    /// <param name="initial">Values of an untrained network.</param>
    /// <returns>The values, row-major; none where the network is not to compute.</returns>
    float[] Take(string name, long[] shape, Initial initial);
}

/// <summary>Values of an untrained network, a function of the seed.</summary>
/// <param name="seed">Seed of the network.</param>
internal sealed class RandomWeights(ulong seed) : IWeightSource
{
    private ulong _taken;

    public float[] Take(string name, long[] shape, Initial initial)
    {
        var values = new float[shape.Aggregate(1L, (product, side) => product * side)];
        var random = new CounterRandom(seed, _taken++, RandomStage.Weights);
        if (initial == Initial.Ones)
            Array.Fill(values, 1f);
        else if (initial != Initial.Zeros)
        {
            var fanIn = values.Length / shape[0];
            var deviation = Math.Sqrt((initial == Initial.He ? 2.0 : 1.0) / fanIn);
            for (var i = 0; i < values.Length; i++)
                values[i] = (float)random.Normal(0, deviation);
        }

        return values;
    }
}

/// <summary>Values of which a few come from elsewhere, such as the last layer of a network that is to tell other classes.</summary>
/// <param name="few">Names of those few.</param>
/// <param name="elsewhere">Where they come from.</param>
/// <param name="rest">Where all others come from.</param>
internal sealed class TransferredWeights(IReadOnlySet<string> few, IWeightSource elsewhere, IWeightSource rest) : IWeightSource
{
    public float[] Take(string name, long[] shape, Initial initial) => (few.Contains(name) ? elsewhere : rest).Take(name, shape, initial);
}

/// <summary>Values in PyTorch's order with their shape.</summary>
/// <param name="Shape">Sides of the tensor.</param>
/// <param name="Values">Row-major values.</param>
internal sealed record StoredTensor(long[] Shape, float[] Values)
{
    /// <summary>Copies a tensor's values.</summary>
    /// <param name="value">float32, on any device.</param>
    public static StoredTensor Of(Tensor value)
    {
        using var scope = NewDisposeScope();
        var rowMajor = value.detach().cpu().contiguous();
        return new(rowMajor.shape, rowMajor.data<float>().ToArray());
    }
}

/// <summary>Values of a trained network.</summary>
/// <param name="source">Where they come from, for messages.</param>
/// <param name="tensors">Tensors by name in PyTorch's state dict.</param>
internal sealed class StoredWeights(string source, IReadOnlyDictionary<string, StoredTensor> tensors) : IWeightSource
{
    private readonly HashSet<string> _left = [.. tensors.Keys];

    /// <exception cref="InputException">The tensor is missing or has another shape.</exception>
    public float[] Take(string name, long[] shape, Initial initial)
    {
        if (!tensors.TryGetValue(name, out var tensor))
            throw new InputException($"{source}: tensor \"{name}\" is missing.");
        if (!tensor.Shape.SequenceEqual(shape))
            throw new InputException($"{source}: tensor \"{name}\" has shape {Sides(tensor.Shape)}; expected {Sides(shape)}.");
        _left.Remove(name);
        return tensor.Values;
    }

    /// <summary>Checks that a network took every tensor.</summary>
    /// <exception cref="InputException">Tensors are left that the architecture does not know.</exception>
    public void AllTaken()
    {
        if (_left.Count > 0)
            throw new InputException($"{source}: unknown tensor \"{_left.Order(StringComparer.Ordinal).First()}\", {_left.Count} in all.");
    }

    /// <summary>A shape for people, such as (16, 3, 3, 3).</summary>
    public static string Sides(long[] shape) => $"({string.Join(", ", shape)})";
}
