namespace DataCentric.Pickles;

/// <summary>A Python tuple.</summary>
/// <param name="Items">Its items.</param>
public sealed record PickleTuple(IReadOnlyList<object?> Items);
