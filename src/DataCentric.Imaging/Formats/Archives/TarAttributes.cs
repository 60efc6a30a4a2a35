using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace DataCentric.Imaging.Formats.Archives;

/// <summary>
/// Looks at the headers of a tar file (POSIX.1-2001, pax) ahead of .NET's reader, which takes as much memory for long names and extended attributes as their
/// headers say.
/// </summary>
/// <param name="path">A tar file that is not compressed.</param>
internal sealed class TarAttributes(string path) : IDisposable
{
    private const int Block = 512;
    private const int Longest = 1 << 20;
    private const int SizeAt = 124, SizeLength = 12, TypeAt = 156;

    private readonly SafeFileHandle _file = File.OpenHandle(path);
    private readonly byte[] _header = new byte[Block];
    private long _at;

    /// <summary>Looks at the next file's headers.</summary>
    /// <exception cref="InputException">Its attributes are longer than any are.</exception>
    public void CheckNext()
    {
        while (RandomAccess.Read(_file, _header, _at) == Block && _header.AsSpan().ContainsAnyExcept((byte)0))
        {
            var isAttribute = _header[TypeAt] is (byte)'x' or (byte)'g' or (byte)'L' or (byte)'K';
            var size = _header[TypeAt] is >= (byte)'1' and <= (byte)'6' ? 0 : Size(_header.AsSpan(SizeAt, SizeLength));
            if (isAttribute && size is < 0 or > Longest)
                throw new InputException($"{path}: a broken or truncated tar file: the attributes at byte {_at} say that they have {size} bytes.");
            if (size < 0 || size > long.MaxValue - _at - (2 * Block))
                return; // .NET's reader says what is wrong
            _at += Block + ((size + Block - 1) / Block * Block);
            if (!isAttribute)
                return;
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Octal digits, or a binary number where the first bit is set; -1 where it is neither.</summary>
    private static long Size(ReadOnlySpan<byte> field)
    {
        if (field[0] >= 0x80)
            return BinaryPrimitives.ReadInt64BigEndian(field[4..]);
        var digits = Encoding.Latin1.GetString(field).Trim('\0', ' ');
        return digits.Length == 0 ? 0 : digits.All(digit => digit is >= '0' and <= '7') ? Convert.ToInt64(digits, 8) : -1;
    }
}
