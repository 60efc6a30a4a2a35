namespace DataCentric.Pickles;

/// <summary>What the pickles of one kind may hold: instructions beyond the common ones, names, and what calls stand for.</summary>
/// <param name="source">File, for messages.</param>
public abstract class PickleVocabulary(string source)
{
    /// <summary>What such a pickle is, for messages, such as <c>state dict</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>The highest protocol that such pickles have.</summary>
    public abstract int HighestProtocol { get; }

    /// <summary>Instructions that are allowed beyond those of every pickle of plain values, one character each.</summary>
    public abstract string Instructions { get; }

    /// <summary>More instructions than this are taken for an attack on memory: each makes one value.</summary>
    public abstract int MostInstructions { get; }

    /// <summary>Whether texts of more than 255 bytes may occur; they stay in the stream, as bytes do.</summary>
    public virtual bool HasLongTexts => false;

    /// <summary>File, for messages.</summary>
    protected string Source { get; } = source;

    /// <summary>Looks a name up.</summary>
    /// <param name="name">Module and name.</param>
    /// <exception cref="InputException">It is none that such a pickle needs.</exception>
    public abstract PickleGlobal Resolve(string name);

    /// <summary>What a call gives.</summary>
    /// <param name="callee">What is called.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="InputException">No call of such a pickle.</exception>
    public abstract object Apply(object? callee, object? arguments);

    /// <summary>Sets the state of a value.</summary>
    /// <param name="target">The value.</param>
    /// <param name="state">Its state.</param>
    /// <returns>Whether such a value has a state.</returns>
    public abstract bool Build(object? target, object? state);

    /// <summary>What a persistent id refers to.</summary>
    /// <param name="id">The id.</param>
    /// <exception cref="InputException">Nothing that such a pickle needs.</exception>
    public virtual object Persistent(object? id) =>
        throw new InputException($"{Source}: its pickle refers to something outside, which no {Kind} needs.");
}
