using DataCentric.Images;

namespace DataCentric.Pipeline.Scoring.Training;

/// <summary>What sets and networks that are used together must agree in.</summary>
/// <param name="Name">Name of the set, for messages.</param>
/// <param name="Shape">Shape of every image.</param>
/// <param name="Classes">Names of the classes, in label order.</param>
public sealed record DataOutline(string Name, ImageShape Shape, IReadOnlyList<string> Classes)
{
    /// <summary>Checks that another set has the same shape and classes.</summary>
    /// <param name="other">The other set.</param>
    /// <exception cref="InputException">They differ; the message says in what.</exception>
    public void Require(DataOutline other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Shape != Shape)
            throw new InputException($"{other.Name} has images of {other.Shape}; {Name} has images of {Shape}.");
        if (other.Classes.Count != Classes.Count)
            throw new InputException($"{other.Name} has {other.Classes.Count} classes; {Name} has {Classes.Count}. Their labels do not match.");
        if (IsNamed(this) && IsNamed(other) && !other.Classes.SequenceEqual(Classes))
            throw new InputException($"{other.Name} has the classes {string.Join(", ", other.Classes)}; {Name} has {string.Join(", ", Classes)}. Their labels do not match.");
    }

    // Formats without names count the classes.
    private static bool IsNamed(DataOutline data) => !data.Classes.All(name => int.TryParse(name, out _));
}
