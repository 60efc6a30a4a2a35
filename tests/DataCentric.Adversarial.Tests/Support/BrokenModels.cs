using DataCentric.Adversarial.Models;

namespace DataCentric.Adversarial.Tests.Support;

/// <summary>Model files that are formally right and useless.</summary>
internal static class BrokenModels
{
    /// <summary>A trained surrogate whose last layer holds one number everywhere.</summary>
    public static byte[] WithClassifier(float value)
    {
        var file = SafeTensors.Read(new MemoryStream(TrainedSurrogates.Bytes[0]), "trained");
        var tensors = file.Tensors.ToDictionary(
            pair => pair.Key,
            pair => pair.Key.StartsWith("classifier.", StringComparison.Ordinal)
                ? pair.Value with { Values = [.. pair.Value.Values.Select(_ => value)] }
                : pair.Value);
        using var stream = new MemoryStream();
        (file with { Tensors = tensors }).Write(stream);
        return stream.ToArray();
    }
}
