using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DataCentric.Imaging.Corruptions.Primitives;

/// <summary>
/// What one worker reuses from image to image: a block of memory handed out piece by piece, and tables that depend on the shape.
/// After the first image of a shape nothing is allocated. Not thread-safe: one for each worker.
/// </summary>
public sealed class CorruptionScratch
{
    private const int Alignment = 64;
    private const int MaxTables = 512;
    private readonly Dictionary<(object Owner, ImageShape Shape), object> _tables = [];
    private byte[] _block = GC.AllocateUninitializedArray<byte>(1 << 17, pinned: true);
    private int _used;
    private int _total;

    /// <summary>Takes memory until the next image. Its content is undefined.</summary>
    /// <typeparam name="T">Type of the elements.</typeparam>
    /// <param name="length">Number of elements.</param>
    public Span<T> Take<T>(int length)
        where T : unmanaged
    {
        var bytes = checked(length * Unsafe.SizeOf<T>());
        var room = checked((bytes + Alignment - 1) / Alignment * Alignment);
        if (_used + room > _block.Length)
        {
            // Pieces handed out before stay valid: they keep the old block alive until they go out of scope.
            _block = GC.AllocateUninitializedArray<byte>(int.Max(_total + room, 2 * _block.Length), pinned: true);
            _used = 0;
        }

        var piece = MemoryMarshal.Cast<byte, T>(_block.AsSpan(_used, bytes));
        _used += room;
        _total += room;
        return piece;
    }

    /// <summary>Takes memory until the next image, all zero.</summary>
    /// <typeparam name="T">Type of the elements.</typeparam>
    /// <param name="length">Number of elements.</param>
    public Span<T> TakeZeroed<T>(int length)
        where T : unmanaged
    {
        var piece = Take<T>(length);
        piece.Clear();
        return piece;
    }

    /// <summary>The table of an owner for a shape, made at the first call and kept.</summary>
    /// <typeparam name="TOwner">Type of what the table belongs to, and is made from.</typeparam>
    /// <typeparam name="TTable">Type of the table.</typeparam>
    /// <param name="owner">What the table belongs to; compared by <see cref="object.Equals(object)"/>.</param>
    /// <param name="shape">Shape the table is for.</param>
    /// <param name="make">Makes the table; a static function, so that looking up allocates nothing.</param>
    public TTable Table<TOwner, TTable>(TOwner owner, ImageShape shape, Func<TOwner, ImageShape, TTable> make)
        where TOwner : class
        where TTable : class
    {
        ArgumentNullException.ThrowIfNull(make);
        if (_tables.TryGetValue((owner, shape), out var found))
            return (TTable)found;
        if (_tables.Count >= MaxTables)
            _tables.Clear();
        _tables.Add((owner, shape), make(owner, shape));
        return (TTable)_tables[(owner, shape)]; // Looked up at once: the first key that is found has the runtime make comparers, which belongs to the first image.
    }

    /// <summary>Remembers what is taken so far.</summary>
    internal Mark Remember() => new(_block, _used, _total);

    /// <summary>Makes free again what was taken since.</summary>
    /// <param name="mark">From <see cref="Remember"/>.</param>
    internal void Release(Mark mark)
    {
        // A block that came since holds nothing from before.
        _used = ReferenceEquals(mark.Block, _block) ? mark.Used : 0;
        _total = mark.Total;
    }

    /// <summary>Makes all memory free again.</summary>
    internal void Reset() => _used = _total = 0;

    /// <summary>How much was taken at some time.</summary>
    internal readonly record struct Mark(byte[] Block, int Used, int Total);
}
