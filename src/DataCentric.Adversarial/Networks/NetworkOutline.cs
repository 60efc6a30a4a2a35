namespace DataCentric.Adversarial.Networks;

/// <summary>Names and shapes of a network's tensors, without values.</summary>
internal sealed class NetworkOutline
{
    private const int Classes = 0; // stands for the number of classes, as no other side is 0

    private NetworkOutline(Architecture architecture, IReadOnlyDictionary<string, long[]> shapes) => (Architecture, Shapes) = (architecture, shapes);

    /// <summary>The network.</summary>
    public Architecture Architecture { get; }

    /// <summary>Shape of each tensor by its name in PyTorch's state dict; a side that is the number of classes is 0.</summary>
    public IReadOnlyDictionary<string, long[]> Shapes { get; }

    /// <summary>Name of the weight whose rows are the classes, (classes, features).</summary>
    public string ClassWeight => Shapes.Single(pair => pair.Value is [Classes, _]).Key;

    /// <summary>Names of the tensors whose shape depends on the number of classes: the last layer.</summary>
    public IEnumerable<string> Head => Shapes.Where(pair => pair.Value.Contains(Classes)).Select(pair => pair.Key);

    /// <summary>How often images are halved before the first layer.</summary>
    public int StemHalvings { get; private init; }

    /// <summary>Builds a network without values.</summary>
    /// <param name="architecture">What to build.</param>
    /// <param name="stemHalvings">How often images are halved before the first layer.</param>
    public static NetworkOutline Of(Architecture architecture, int stemHalvings = 0)
    {
        var recorder = new Recorder();
        using var network = new Network(architecture, Classes, recorder, stemHalvings: stemHalvings);
        return new(architecture, recorder.Shapes) { StemHalvings = stemHalvings };
    }

    /// <summary>Builds a network without values for the images that weights are for, which the channels of the first layer tell.</summary>
    /// <param name="architecture">What to build.</param>
    /// <param name="tensors">The weights.</param>
    public static NetworkOutline For(Architecture architecture, IReadOnlyDictionary<string, StoredTensor> tensors)
    {
        var plain = Of(architecture);
        if (architecture.Published is not null)
            return plain;
        var (name, shape) = plain.Shapes.First();
        return tensors.TryGetValue(name, out var first) && first.Shape is [_, var channels, _, _] && channels > shape[1]
            && Enumerable.Range(1, Attacks.StemHalvings.Most).FirstOrDefault(halvings => shape[1] << (2 * halvings) == channels) is var found and > 0
                ? Of(architecture, found)
                : plain;
    }

    /// <summary>Whether a tensor is one of this network, for any number of classes.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="tensor">The tensor.</param>
    public bool Has(string name, StoredTensor tensor) =>
        Shapes.TryGetValue(name, out var shape) && shape.Length == tensor.Shape.Length
        && shape.Zip(tensor.Shape).All(sides => sides.First == sides.Second || sides.First == Classes);

    /// <summary>Takes names and shapes, gives no values.</summary>
    private sealed class Recorder : IWeightSource
    {
        public Dictionary<string, long[]> Shapes { get; } = [];

        public float[] Take(string name, long[] shape, Initial initial)
        {
            Shapes.Add(name, shape);
            return [];
        }
    }
}
