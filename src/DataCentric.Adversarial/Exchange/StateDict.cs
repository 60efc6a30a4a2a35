using System.Text.RegularExpressions;
using DataCentric.Adversarial.Networks;
using DataCentric.Pickles;

namespace DataCentric.Adversarial.Exchange;

/// <summary>Customs of state dicts: how checkpoints wrap them and what their names carry besides.</summary>
internal static partial class StateDict
{
    private const string ParallelPrefix = "module."; // of torch.nn.DataParallel
    private const string Counter = "num_batches_tracked"; // of batch norm; counts training steps
    private const int DeepestWrapping = 3;
    private static readonly string[] Wrappers = ["state_dict", "model_state_dict", "net", "model"];

    /// <summary>The state dict in what a checkpoint holds: the object itself, or below one of the customary keys.</summary>
    /// <param name="content">The unpickled object.</param>
    /// <param name="source">File, for messages.</param>
    /// <exception cref="InputException">There is none.</exception>
    public static IEnumerable<KeyValuePair<string, PickleTensor>> Find(object? content, string source)
    {
        if (content is not PickleDict dictionary)
            throw new InputException($"{source}: does not hold a dictionary of tensors. Save the state dict: torch.save(model.state_dict(), path).");
        for (var depth = 0; depth < DeepestWrapping && Wrappers.Select(dictionary.Find).OfType<PickleDict>().FirstOrDefault() is { } inner; depth++)
            dictionary = inner;
        foreach (var (key, value) in dictionary.Items)
        {
            yield return key is string name && value is PickleTensor tensor
                ? new(name, tensor)
                : throw new InputException(
                    $"{source}: the entry \"{key}\" is not a tensor; expected a state dict, alone or under {string.Join(", ", Wrappers)}.");
        }
    }

    /// <summary>
    /// Removes what is not a weight, the prefix of DataParallel and the counters of batch norm, and renames layers of DenseNet files from
    /// before PyTorch 0.4.1 (<c>denselayer1.norm.1</c>), which torchvision's own weights are, as torchvision does when it loads them.
    /// </summary>
    /// <param name="tensors">Tensors by the names in a file.</param>
    public static Dictionary<string, StoredTensor> Clean(IReadOnlyDictionary<string, StoredTensor> tensors)
    {
        var prefix = tensors.Keys.All(name => name.StartsWith(ParallelPrefix, StringComparison.Ordinal)) ? ParallelPrefix.Length : 0;
        return tensors
            .Where(pair => pair.Key[(pair.Key.LastIndexOf('.') + 1)..] != Counter)
            .ToDictionary(pair => OldDenseLayer().Replace(pair.Key[prefix..], "$1$2"), pair => pair.Value);
    }

    [GeneratedRegex(@"(?<=denselayer\d+\.)(norm|conv)\.([12])(?=\.)")]
    private static partial Regex OldDenseLayer();

    /// <summary>The number of classes: the rows of the last layer's weight.</summary>
    /// <param name="tensors">Tensors of a classifier.</param>
    /// <param name="weight">Name of that weight.</param>
    /// <param name="source">File, for messages.</param>
    /// <exception cref="InputException">It is missing or no matrix, or there are fewer than two classes.</exception>
    public static int ClassCount(IReadOnlyDictionary<string, StoredTensor> tensors, string weight, string source)
    {
        if (!tensors.TryGetValue(weight, out var tensor))
            throw new InputException($"{source}: tensor \"{weight}\" is missing, whose rows are the classes.");
        if (tensor.Shape is not [var classes, _])
            throw new InputException($"{source}: tensor \"{weight}\" has shape {StoredWeights.Sides(tensor.Shape)}; expected (classes, features).");
        return classes is >= 2 and <= int.MaxValue
            ? (int)classes
            : throw new InputException($"{source}: \"{weight}\" is for {classes} classes; expected 2 or more.");
    }
}
