namespace DataCentric.Imaging.Corruptions;

/// <summary>A line of the registry: a kind's name and number, the severities it has, and how to make it.</summary>
public sealed class CorruptionKind
{
    private readonly Func<CorruptionId, CorruptionOptions, Corruption> _make;

    private CorruptionKind(string name, int number, int[] severities, Func<CorruptionId, CorruptionOptions, Corruption> make) =>
        (Name, Number, Severities, _make) = (name, number, severities, make);

    /// <summary>Name of the kind, such as <c>motion_blur</c>.</summary>
    public string Name { get; }

    /// <summary>Number of the name, 1 to 255, the same in every set; part of the stored results, never renumbered.</summary>
    public int Number { get; }

    /// <summary>The severities that exist; 0 stands for exact parameters without a severity.</summary>
    public IReadOnlyList<int> Severities { get; }

    /// <summary>A kind with one table of five parameters, for severity 1 to 5.</summary>
    /// <typeparam name="T">Type of the parameters.</typeparam>
    /// <param name="name">Name of the kind.</param>
    /// <param name="number">Number of the name.</param>
    /// <param name="make">Makes the corruption.</param>
    /// <param name="table">Parameters of severity 1, 2, 3, 4, 5.</param>
    internal static CorruptionKind Scaled<T>(
        string name, int number, Func<CorruptionId, T, CorruptionOptions, Corruption> make, params T[] table) =>
        new(name, number, [1, 2, 3, 4, 5], (id, options) => make(id, table[id.Severity - 1], options));

    /// <summary>A kind with the exact parameters of a publication, and no severities.</summary>
    /// <typeparam name="T">Type of the parameters.</typeparam>
    /// <param name="name">Name of the kind.</param>
    /// <param name="number">Number of the name.</param>
    /// <param name="make">Makes the corruption.</param>
    /// <param name="parameters">The parameters.</param>
    internal static CorruptionKind Exact<T>(
        string name, int number, Func<CorruptionId, T, CorruptionOptions, Corruption> make, T parameters) =>
        new(name, number, [0], (id, options) => make(id, parameters, options));

    /// <summary>Makes the corruption.</summary>
    /// <param name="id">Its names and number; the severity is one of <see cref="Severities"/>.</param>
    /// <param name="options">What the user chose.</param>
    internal Corruption Make(CorruptionId id, CorruptionOptions options) => _make(id, options);
}
