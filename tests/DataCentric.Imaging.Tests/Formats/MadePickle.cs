using System.Text;

namespace DataCentric.Imaging.Tests.Formats;

/// <summary>
/// Makes the pickles of CIFAR's python version instruction by instruction (Lib/pickletools.py), as cPickle of Python 2 wrote them with
/// protocol 2: text as SHORT_BINSTRING, pixels as BINSTRING within the state of a numpy array.
/// </summary>
internal static class MadePickle
{
    /// <summary>A batch of 32x32 images.</summary>
    public static byte[] Batch(string labelsKey, params int[] labels)
    {
        byte[] planes = [.. labels.SelectMany((label, i) => Made.CifarRecord(label, Made.Bytes(3072, i))[1..])];
        return Batch(labelsKey, labels, Array(labels.Length, 3072, planes));
    }

    /// <summary>A batch with these instructions in the place of its pixels.</summary>
    public static byte[] Batch(string labelsKey, int[] labels, byte[] pixels) => Dictionary(
        (Text("batch_label"), Text("training batch 1 of 5")),
        (Text(labelsKey), List(labels.Select(Number))),
        (Text("data"), pixels),
        (Text("filenames"), List(labels.Select((_, i) => Text($"image_s_{i:D6}.png")))));

    /// <summary>A batch as Python 3 and NumPy save it with protocol 0, 2 or 5, but for the memo: labels are an array.</summary>
    public static byte[] Saved(int protocol, params int[] labels)
    {
        byte[] planes = [.. labels.SelectMany((label, i) => Made.CifarRecord(label, Made.Bytes(3072, i))[1..])];
        byte[] numbers = [.. labels.SelectMany(label => BitConverter.GetBytes((long)label))];
        byte[] mark = protocol == 0 ? [.. "(dp0\n"u8] : [0x80, (byte)protocol, (byte)'}'];
        return
        [
            .. mark, .. Unicode("labels"), .. SavedArray(protocol, $"(I{labels.Length}\nt", "i8", "<", numbers), (byte)'s',
            .. Unicode("data"), .. SavedArray(protocol, $"(I{labels.Length}\nI3072\nt", "u1", "|", planes), .. "s."u8,
        ];

        byte[] Unicode(string text) => protocol == 0
            ? [(byte)'V', .. Encoding.Latin1.GetBytes(string.Concat(text.Select(letter => letter is '\\' or '\n' ? $"\\u{(int)letter:x4}" : $"{letter}"))), (byte)'\n']
            : [(byte)'X', .. BitConverter.GetBytes(Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];

        byte[] SavedArray(int version, string shape, string type, string order, byte[] bytes)
        {
            byte[] kind =
            [
                .. Global("numpy", "dtype"), (byte)'(', .. Unicode(type), .. Number(0), .. Number(1), .. "tR("u8, .. Number(3), .. Unicode(order), .. "NNN"u8,
                .. Number(-1), .. Number(-1), .. Number(0), .. "tb"u8,
            ];
            if (version == 5)
            {
                return
                [
                    .. Global("numpy._core.numeric", "_frombuffer"), (byte)'(', 0x96, .. BitConverter.GetBytes((long)bytes.Length), .. bytes,
                    .. kind, .. Encoding.ASCII.GetBytes(shape), .. Unicode("C"), .. "tR"u8,
                ];
            }

            byte[] text = [.. Global("_codecs", "encode"), (byte)'(', .. Unicode(Encoding.Latin1.GetString(bytes)), .. Unicode("latin1"), .. "tR"u8];
            return
            [
                .. Global("numpy.core.multiarray", "_reconstruct"), (byte)'(', .. Global("numpy", "ndarray"), .. "(I0\nt"u8, .. Unicode("b"), .. "tR("u8,
                .. Number(1), .. Encoding.ASCII.GetBytes(shape), .. kind, .. "I00\n"u8, .. text, .. "tb"u8,
            ];
        }
    }

    public static byte[] Meta(string key, params string[] names) =>
        Dictionary((Text("num_vis"), [(byte)'M', 0, 12]), (Text(key), List(names.Select(Text))));

    public static byte[] Dictionary(params (byte[] Key, byte[] Value)[] items) =>
        [0x80, 2, (byte)'}', (byte)'q', 1, (byte)'(', .. items.SelectMany(item => (byte[])[.. item.Key, .. item.Value]), (byte)'u', (byte)'.'];

    public static byte[] Text(string text) => [(byte)'U', (byte)text.Length, .. Encoding.Latin1.GetBytes(text), (byte)'q', 9];

    public static byte[] List(IEnumerable<byte[]> items) => [(byte)']', (byte)'q', 4, (byte)'(', .. items.SelectMany(item => item), (byte)'e'];

    public static byte[] Number(int value) => value is >= 0 and < 256 ? [(byte)'K', (byte)value] : [(byte)'J', .. BitConverter.GetBytes(value)];

    public static byte[] Global(string module, string name) => [(byte)'c', .. Encoding.ASCII.GetBytes($"{module}\n{name}\n")];

    public static byte[] Array(int rows, int columns, byte[] bytes, string type = "u1", byte fortran = 0) =>
    [
        .. Global("numpy.core.multiarray", "_reconstruct"), .. Global("numpy", "ndarray"),
        .. Number(0), 0x85, .. Text("b"), 0x87, (byte)'R',
        (byte)'(', .. Number(1), .. Number(rows), .. Number(columns), 0x86,
        .. Global("numpy", "dtype"), .. Text(type), .. Number(0), .. Number(1), 0x87, (byte)'R',
        (byte)'(', .. Number(3), .. Text("|"), .. "NNN"u8, .. Number(-1), .. Number(-1), .. Number(0), (byte)'t', (byte)'b',
        .. Number(fortran), (byte)'T', .. BitConverter.GetBytes(bytes.Length), .. bytes, (byte)'t', (byte)'b',
    ];
}
