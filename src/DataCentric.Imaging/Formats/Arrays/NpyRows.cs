using System.Globalization;
using DataCentric.Npy;

namespace DataCentric.Imaging.Formats.Arrays;

/// <summary>The rows of an npy array (entries of its first axis) from front to back, the values of each in C order whatever the order of the file is.</summary>
internal abstract class NpyRows : IDisposable
{
    private readonly string _row;

    private protected NpyRows(NpySource source, NpyHeader header, string row) => (Source, Header, _row) = (source, header, row);

    /// <summary>Where the array lies.</summary>
    public NpySource Source { get; }

    /// <summary>Its header.</summary>
    public NpyHeader Header { get; }

    /// <summary>Number of the next row.</summary>
    public int Next { get; private protected set; }

    /// <summary>Opens an array whose shape was checked: a row has to fit into memory.</summary>
    /// <param name="source">Where it lies.</param>
    /// <param name="header">Its header.</param>
    /// <param name="row">What a row is, for messages, such as "image".</param>
    /// <exception cref="InputException">It has another length than its header says, or cannot be unpacked.</exception>
    public static NpyRows Open(NpySource source, NpyHeader header, string row)
    {
        header.CheckFileLength(source.Length, source.Name);
        return header.FortranOrder && header.RowLength > header.Type.Size ? new FortranRows(source, header, row) : new PlainRows(source, header, row);
    }

    /// <summary>Reads whole rows.</summary>
    /// <param name="rows">Receives their values.</param>
    /// <exception cref="InputException">The array ends early, or its compression is broken.</exception>
    public abstract void Read(Span<byte> rows);

    /// <summary>Leaves rows out.</summary>
    public abstract void Skip(int count);

    /// <summary>Goes back to the first row.</summary>
    public abstract void Restart();

    public abstract void Dispose();

    /// <summary>Names a row, for messages.</summary>
    protected string Place(int row) => string.Create(CultureInfo.InvariantCulture, $"{Source.Name}, {_row} {row} (byte {Header.OffsetOf(row)})");

    private sealed class PlainRows(NpySource source, NpyHeader header, string row) : NpyRows(source, header, row)
    {
        private Stream? _stream;

        public override void Read(Span<byte> rows)
        {
            ExactReading.Fill(Opened(), rows, () => Place(Next));
            Next += (int)(rows.Length / Header.RowLength);
        }

        public override void Skip(int count)
        {
            ExactReading.Skip(Opened(), count * Header.RowLength, () => Place(Next));
            Next += count;
        }

        public override void Restart()
        {
            Dispose();
            (_stream, Next) = (null, 0);
        }

        public override void Dispose() => _stream?.Dispose();

        private Stream Opened()
        {
            if (_stream is null)
            {
                _stream = Source.Open();
                ExactReading.Skip(_stream, Header.DataOffset, () => Place(0));
            }

            return _stream;
        }
    }
}
