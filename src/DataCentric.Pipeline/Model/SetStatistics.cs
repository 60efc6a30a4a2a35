namespace DataCentric.Pipeline.Model;

/// <summary>What a manifest adds up to: the figures of card and report.</summary>
/// <param name="Groups">Clean, adversarial, then each kind of corruption by name; only those that have samples.</param>
/// <param name="Fooled">How often the attack changed a right answer to a wrong one; null where nothing was attacked.</param>
/// <param name="Examples">Numbers of the samples in <c>examples.png</c>, in its order.</param>
public sealed record SetStatistics(IReadOnlyList<GroupStatistics> Groups, FoolingRates? Fooled, IReadOnlyList<int> Examples);

/// <summary>Of the attacked samples that a network classified right when clean, the share it classifies wrong after the attack.</summary>
/// <param name="Surrogates">For the ensemble, 0 to 1; null where it had none right.</param>
/// <param name="HeldOut">For the held-out network; null where none was given or it had none right.</param>
public sealed record FoolingRates(double? Surrogates, double? HeldOut);

/// <summary>What the manifest says of the samples that one thing was done to.</summary>
/// <param name="Name"><c>clean</c>, <c>adversarial</c>, or a kind of corruption.</param>
/// <param name="Role">What became of them.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Classes">How many of each class, in label order.</param>
/// <param name="MeanL2">Mean l2 norm of the change, in levels of 0..255.</param>
/// <param name="MeanLinf">Mean l-infinity norm of the change, in levels.</param>
/// <param name="MeanPsnr">Mean peak signal-to-noise ratio of the changed ones, in dB; null where none changed.</param>
/// <param name="LowestPsnr">The lowest of them, in dB.</param>
/// <param name="Unchanged">How many have the pixels of their source.</param>
/// <param name="L2">The l2 norms, in levels.</param>
/// <param name="Linf">The l-infinity norms, in levels.</param>
public sealed record GroupStatistics(
    string Name,
    SampleRole Role,
    int Count,
    IReadOnlyList<int> Classes,
    double MeanL2,
    double MeanLinf,
    double? MeanPsnr,
    double? LowestPsnr,
    int Unchanged,
    Histogram L2,
    Histogram Linf);

/// <summary>How many values fell into each of equally wide bins from 0 on.</summary>
/// <param name="BinWidth">Width of a bin, a power of two.</param>
/// <param name="Counts">Values in each bin; a value on a border belongs to the bin above it.</param>
public sealed record Histogram(double BinWidth, IReadOnlyList<int> Counts);
