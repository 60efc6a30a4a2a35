using System.Text;
using DataCentric.Npy;
using DataCentric.Pickles;

namespace DataCentric.Imaging.Formats;

/// <summary>
/// The pickle of a dictionary of NumPy arrays, lists and text: what the python version of CIFAR is (protocol 2, written by Python 2),
/// and the same saved again by any Python with protocols 0 to 5 and NumPy 1 or 2 (ndarray.__reduce_ex__, NumPy 2.0).
/// </summary>
/// <param name="source">File, for messages.</param>
internal sealed class NumpyVocabulary(string source) : PickleVocabulary(source)
{
    private const string NdArray = "numpy.ndarray";
    private const string DType = "numpy.dtype";
    private const string Encode = "_codecs.encode";
    private const string Reconstruct = "numpy.core.multiarray._reconstruct";
    private const string Scalar = "numpy.core.multiarray.scalar";
    private const string FromBuffer = "numpy.core.numeric._frombuffer";
    private const string NewCore = "numpy._core."; // NumPy 2

    private static readonly HashSet<string> Known = [NdArray, DType, Encode, Reconstruct, Scalar, FromBuffer];

    public override string Kind => "CIFAR batch";

    public override int HighestProtocol => 5;

    /// <summary>Strings of bytes; what protocols 4 and 5 write for text, names, the memo and buffers; and what 0 and 1 write as lines.</summary>
    public override string Instructions => "UTCB\u008c\u008e\u0093\u0094\u0095\u0096" + "ILFVSdlpg";

    /// <summary>CIFAR-100's training set takes 300,000; with labels as NumPy's numbers and protocol 0 it takes a million.</summary>
    public override int MostInstructions => 1 << 22;

    /// <summary>Protocols 0 to 2 of Python 3 have the pixels as text.</summary>
    public override bool HasLongTexts => true;

    public override PickleGlobal Resolve(string name)
    {
        var known = name.StartsWith(NewCore, StringComparison.Ordinal) ? $"numpy.core.{name[NewCore.Length..]}" : name;
        return Known.Contains(known)
            ? new(known)
            : throw new InputException($"{Source}: its pickle asks for \"{name}\", which no {Kind} needs; nothing of it was run.");
    }

    public override object Apply(object? callee, object? arguments) => (callee, arguments) switch
    {
        (PickleGlobal { Name: Reconstruct }, PickleTuple { Items: [PickleGlobal { Name: NdArray }, ..] }) => new PickleArray(),
        (PickleGlobal { Name: FromBuffer }, PickleTuple { Items: [string or PickleBytes, PickleType type, PickleTuple shape, "C" or "F"] } call) =>
            new PickleArray { Shape = shape.Items, Type = type, FortranOrder = call.Items[3] is "F", Bytes = call.Items[0] },
        (PickleGlobal { Name: DType }, PickleTuple { Items: [string type, ..] }) => new PickleType(type),
        (PickleGlobal { Name: Scalar }, PickleTuple { Items: [PickleType type, string bytes] }) => Whole(type, bytes),
        (PickleGlobal { Name: Encode }, PickleTuple { Items: [string text, "latin1"] }) => text,
        (PickleGlobal { Name: Encode }, PickleTuple { Items: [PickleBytes { Encoding: PickleEncoding.Utf8 or PickleEncoding.UnicodeEscape } text, "latin1"] }) => text,
        (PickleGlobal global, _) => throw new InputException($"{Source}: its pickle calls \"{global.Name}\" with arguments that NumPy does not write."),
        _ => throw new InputException($"{Source}: its pickle calls something that is not a function; nothing of it was run."),
    };

    /// <summary>An array: (version, shape, type, whether in Fortran order, bytes). A type: (version, byte order, ...).</summary>
    public override bool Build(object? target, object? state)
    {
        if (target is PickleType kind)
        {
            kind.Order = state is PickleTuple { Items: [long, string order, ..] } ? order : "";
            return true;
        }

        if (target is not PickleArray array)
            return false;
        if (state is not PickleTuple { Items: [long, PickleTuple shape, PickleType type, bool or 0L or 1L, string or PickleBytes] } tuple)
            throw new InputException($"{Source}: its pickle holds an array that is not stored as NumPy does.");
        (array.Shape, array.Type, array.Bytes) = (shape.Items, type, tuple.Items[4]);
        array.FortranOrder = tuple.Items[3] is true or 1L;
        return true;
    }

    private long Whole(PickleType type, string bytes) =>
        type.Parse(Source) is { IsInteger: true } parsed && Encoding.Latin1.GetBytes(bytes) is var value && value.Length == parsed.Size
            ? parsed.ToInt64(value)
            : throw new InputException($"{Source}: its pickle holds a number of type {type.Name} where a whole number is expected.");

    /// <summary>An array whose values stay in the file, unless they are few: then they are a string of Latin-1.</summary>
    internal sealed class PickleArray
    {
        public IReadOnlyList<object?> Shape { get; set; } = [];

        public PickleType? Type { get; set; }

        public bool FortranOrder { get; set; }

        public object? Bytes { get; set; }
    }

    /// <summary>A type of numbers, such as i8 and, from its state, the order of its bytes.</summary>
    internal sealed class PickleType(string name)
    {
        public string Name => name;

        public string Order { get; set; } = "";

        /// <summary>The type.</summary>
        /// <exception cref="InputException">It is none of whole numbers or floats.</exception>
        public NpyDType Parse(string source) => NpyDType.Parse((Order.Length > 0 ? Order : "|") + name, source);
    }
}
