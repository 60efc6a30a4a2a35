namespace DataCentric.Adversarial.Exchange;

/// <summary>A tensor: a view of a storage.</summary>
/// <param name="Storage">Its values.</param>
/// <param name="Layout">Which of them, in which order.</param>
internal sealed record PickleTensor(PickleStorage Storage, StridedLayout Layout);
