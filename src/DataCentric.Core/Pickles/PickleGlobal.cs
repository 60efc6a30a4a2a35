namespace DataCentric.Pickles;

/// <summary>A name that a pickle may use, such as <c>torch._utils._rebuild_tensor_v2</c>. It stands for itself; nothing is called.</summary>
/// <param name="Name">Module and name.</param>
public sealed record PickleGlobal(string Name);
