namespace DataCentric.Pipeline.Results;

/// <summary>What a manifest adds up to: the figures of card and report.</summary>
/// <param name="Groups">Clean, adversarial, then each kind of corruption by name; only those that have samples.</param>
/// <param name="Fooled">How often the attack changed a right answer to a wrong one; null where nothing was attacked.</param>
/// <param name="Examples">Numbers of the samples in <c>examples.png</c>, in its order.</param>
public sealed record SetStatistics(IReadOnlyList<GroupStatistics> Groups, FoolingRates? Fooled, IReadOnlyList<int> Examples);

/// <summary>Of the attacked samples that a network classified right when clean, the share it classifies wrong after the attack.</summary>
/// <param name="Surrogates">For the ensemble, 0 to 1; null where it had none right.</param>
/// <param name="HeldOut">For the held-out network; null where none was given or it had none right.</param>
public sealed record FoolingRates(double? Surrogates, double? HeldOut);
