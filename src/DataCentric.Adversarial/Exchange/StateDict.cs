using DataCentric.Adversarial.Networks;
using DataCentric.Pickles;

namespace DataCentric.Adversarial.Exchange;

/// <summary>Customs of state dicts: how checkpoints wrap them and what their names carry besides.</summary>
internal static class StateDict
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

    /// <summary>Removes what is not a weight: the prefix of DataParallel and the counters of batch norm.</summary>
    /// <param name="tensors">Tensors by the names in a file.</param>
    public static Dictionary<string, StoredTensor> Clean(IReadOnlyDictionary<string, StoredTensor> tensors)
    {
        var prefix = tensors.Keys.All(name => name.StartsWith(ParallelPrefix, StringComparison.Ordinal)) ? ParallelPrefix.Length : 0;
        return tensors
            .Where(pair => pair.Key[(pair.Key.LastIndexOf('.') + 1)..] != Counter)
            .ToDictionary(pair => pair.Key[prefix..], pair => pair.Value);
    }

    /// <summary>The number of classes: the outputs of the one linear layer, whose weight is the only two-dimensional tensor.</summary>
    /// <param name="tensors">Tensors of a classifier.</param>
    /// <param name="source">File, for messages.</param>
    /// <exception cref="InputException">No or several such tensors, or fewer than two classes.</exception>
    public static int ClassCount(IReadOnlyDictionary<string, StoredTensor> tensors, string source)
    {
        var linear = tensors.Where(pair => pair.Value.Shape.Length == 2).ToArray();
        if (linear is not [var classifier])
        {
            throw new InputException(
                $"{source}: the class count is told by the weight of the one linear layer; there are {linear.Length} "
                + $"two-dimensional tensors{(linear.Length == 0 ? "" : ": " + string.Join(", ", linear.Select(pair => pair.Key)))}.");
        }

        return classifier.Value.Shape[0] is >= 2 and <= int.MaxValue and var classes
            ? (int)classes
            : throw new InputException($"{source}: \"{classifier.Key}\" is for {classifier.Value.Shape[0]} classes; expected 2 or more.");
    }
}
