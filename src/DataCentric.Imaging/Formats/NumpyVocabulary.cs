using DataCentric.Pickles;

namespace DataCentric.Imaging.Formats;

/// <summary>
/// The pickle of a dictionary of NumPy arrays, lists and text: what the python version of CIFAR is (protocol 2, written by Python 2),
/// and the same saved again by Python 3 with protocol 3 or 4.
/// </summary>
/// <param name="source">File, for messages.</param>
internal sealed class NumpyVocabulary(string source) : PickleVocabulary(source)
{
    private const string NdArray = "numpy.ndarray";
    private const string DType = "numpy.dtype";
    private const string Reconstruct = "numpy.core.multiarray._reconstruct";
    private const string ReconstructOfNumPy2 = "numpy._core.multiarray._reconstruct";

    private static readonly HashSet<string> Known = [NdArray, DType, Reconstruct, ReconstructOfNumPy2];

    public override string Kind => "CIFAR batch";

    public override int HighestProtocol => 4;

    /// <summary>Strings of bytes, and what protocol 4 writes for text, names and the memo.</summary>
    public override string Instructions => "UTCB\u008c\u008e\u0093\u0094\u0095";

    /// <summary>CIFAR-100's training set takes 300,000.</summary>
    public override int MostInstructions => 1 << 22;

    public override PickleGlobal Resolve(string name) => Known.Contains(name)
        ? new(name)
        : throw new InputException($"{Source}: its pickle asks for \"{name}\", which no {Kind} needs; nothing of it was run.");

    public override object Apply(object? callee, object? arguments) => (callee, arguments) switch
    {
        (PickleGlobal { Name: Reconstruct or ReconstructOfNumPy2 }, PickleTuple { Items: [PickleGlobal { Name: NdArray }, ..] }) => new PickleArray(),
        (PickleGlobal { Name: DType }, PickleTuple { Items: [string type, ..] }) => new PickleType(type),
        (PickleGlobal global, _) => throw new InputException($"{Source}: its pickle calls \"{global.Name}\" with arguments that NumPy does not write."),
        _ => throw new InputException($"{Source}: its pickle calls something that is not a function; nothing of it was run."),
    };

    /// <summary>An array: (version, shape, type, whether in Fortran order, bytes). A type: byte order and such, which single bytes do without.</summary>
    public override bool Build(object? target, object? state)
    {
        if (target is not PickleArray array)
            return target is PickleType;
        if (state is not PickleTuple { Items: [long, PickleTuple shape, PickleType type, bool or 0L or 1L, PickleBytes bytes] } tuple)
            throw new InputException($"{Source}: its pickle holds an array that is not stored as NumPy does.");
        (array.Shape, array.Type, array.Bytes) = (shape.Items, type.Name, bytes);
        array.FortranOrder = tuple.Items[3] is true or 1L;
        return true;
    }

    /// <summary>An array whose values stay in the file.</summary>
    internal sealed class PickleArray
    {
        public IReadOnlyList<object?> Shape { get; set; } = [];

        public string? Type { get; set; }

        public bool FortranOrder { get; set; }

        public PickleBytes? Bytes { get; set; }
    }

    private sealed record PickleType(string Name);
}
