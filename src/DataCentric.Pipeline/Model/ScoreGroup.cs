namespace DataCentric.Pipeline.Model;

/// <summary>How networks did on the test images of one attack, of one kind of corruption or of a family of kinds.</summary>
/// <param name="Part">Which part of the test sets: <c>adv</c> or <c>cor</c>; <c>white-box</c> for the clean images attacked with the network itself.</param>
/// <param name="Name">Name of the attack, of the kind or of the family.</param>
/// <param name="Count">Test images.</param>
/// <param name="Means">Percent classified right, mean over all networks, by name of the training set.</param>
public sealed record ScoreGroup(string Part, string Name, int Count, [property: JsonPropertyName("arms")] IReadOnlyDictionary<string, double> Means);
