namespace DataCentric.Adversarial.Exchange;

/// <summary>Values of one or more tensors in a file of their own.</summary>
/// <param name="Type">Name of the type, such as <c>torch.FloatStorage</c>.</param>
/// <param name="Key">Name of the file below <c>data/</c>.</param>
/// <param name="Count">Number of values.</param>
internal sealed record PickleStorage(string Type, string Key, long Count);
