using DataCentric.Pickles;

namespace DataCentric.Adversarial.Exchange;

/// <summary>
/// The pickle of a state dict, as torch.save writes it: dictionaries of tensors, numbers and text in protocol 2, the few names that they
/// need, and what their calls stand for. There is no way to any other code.
/// </summary>
/// <param name="source">File, for messages.</param>
internal sealed class StateDictVocabulary(string source) : PickleVocabulary(source)
{
    private const string OrderedDict = "collections.OrderedDict";
    private const string RebuildTensor = "torch._utils._rebuild_tensor_v2";
    private const string RebuildParameter = "torch._utils._rebuild_parameter";
    private const int MostAxes = 8;

    private static readonly HashSet<string> Known =
    [
        OrderedDict, RebuildTensor, RebuildParameter,
        "torch.HalfStorage", "torch.BFloat16Storage", "torch.FloatStorage", "torch.DoubleStorage", "torch.LongStorage",
        "torch.IntStorage", "torch.ShortStorage", "torch.CharStorage", "torch.ByteStorage", "torch.BoolStorage",
    ];

    public override string Kind => "state dict";

    public override int HighestProtocol => 2;

    public override string Instructions => "Q"; // persistent ids: storages

    public override int MostInstructions => 1 << 24;

    public override PickleGlobal Resolve(string name) => Known.Contains(name)
        ? new(name)
        : throw new InputException(
            $"{Source}: its pickle asks for \"{name}\", which no state dict needs; nothing of it was run. "
            + "Save the state dict alone: torch.save(model.state_dict(), path).");

    /// <summary>What a call gives: an empty dictionary, a tensor, or the tensor of a parameter.</summary>
    /// <param name="callee">What is called.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="InputException">Not one of the three, or with other arguments than torch writes.</exception>
    public override object Apply(object? callee, object? arguments) => (callee, arguments) switch
    {
        (PickleGlobal { Name: OrderedDict }, PickleTuple { Items: [] }) => new PickleDict(),
        (PickleGlobal { Name: RebuildParameter }, PickleTuple { Items: [PickleTensor tensor, ..] }) => tensor,
        (PickleGlobal { Name: RebuildTensor }, PickleTuple { Items: [PickleStorage storage, long offset, PickleTuple shape, PickleTuple strides, ..] }) =>
            Tensor(storage, offset, shape, strides),
        (PickleGlobal global, _) => throw new InputException($"{Source}: its pickle calls \"{global.Name}\" with arguments that torch does not write."),
        _ => throw new InputException($"{Source}: its pickle calls something that is not a function; nothing of it was run."),
    };

    /// <summary>What a persistent id refers to: a storage.</summary>
    /// <param name="id">The tuple ('storage', type, key, device, number of values).</param>
    /// <exception cref="InputException">It refers to anything else.</exception>
    public override object Persistent(object? id) =>
        id is PickleTuple { Items: ["storage", PickleGlobal type, string key, _, long count] } && count >= 0
            && type.Name.EndsWith("Storage", StringComparison.Ordinal)
            ? new PickleStorage(type.Name, key, count)
            : throw new InputException($"{Source}: its pickle refers to something that is not a storage of torch.");

    /// <summary>Torch gives a state dict notes on module versions; they are not needed.</summary>
    /// <param name="target">The dictionary.</param>
    /// <param name="state">The notes.</param>
    public override bool Build(object? target, object? state) => target is PickleDict;

    private PickleTensor Tensor(PickleStorage storage, long offset, PickleTuple shape, PickleTuple strides)
    {
        if (offset < 0 || shape.Items.Count > MostAxes || shape.Items.Count != strides.Items.Count
            || !shape.Items.Concat(strides.Items).All(item => item is long and >= 0))
        {
            throw new InputException($"{Source}: a tensor in storage {storage.Key} has a broken shape or broken strides.");
        }

        var layout = new StridedLayout([.. shape.Items.Cast<long>()], [.. strides.Items.Cast<long>()], offset);
        try
        {
            if (layout.End <= storage.Count)
                return new(storage, layout);
        }
        catch (OverflowException)
        {
            // Larger than any storage.
        }

        throw new InputException(
            $"{Source}: a tensor of shape ({string.Join(", ", layout.Shape)}) reaches beyond the {storage.Count} values of storage {storage.Key}.");
    }
}

/// <summary>Values of one or more tensors in a file of their own.</summary>
/// <param name="Type">Name of the type, such as <c>torch.FloatStorage</c>.</param>
/// <param name="Key">Name of the file below <c>data/</c>.</param>
/// <param name="Count">Number of values.</param>
internal sealed record PickleStorage(string Type, string Key, long Count);

/// <summary>A tensor: a view of a storage.</summary>
/// <param name="Storage">Its values.</param>
/// <param name="Layout">Which of them, in which order.</param>
internal sealed record PickleTensor(PickleStorage Storage, StridedLayout Layout);
