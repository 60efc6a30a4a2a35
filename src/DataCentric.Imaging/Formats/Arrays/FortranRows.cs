using DataCentric.Imaging.Formats.Archives;
using DataCentric.Npy;
using Microsoft.Win32.SafeHandles;

namespace DataCentric.Imaging.Formats.Arrays;

/// <summary>
/// Rows of an array in Fortran order, where the first axis varies fastest: value p of all rows lies before value p + 1 of the first one.
/// Blocks of rows, at most 64 MiB, are gathered by one read for each value of a row. An array within an archive is unpacked first, to a
/// folder among the temporary files that is gone when this is disposed.
/// </summary>
internal sealed class FortranRows : NpyRows
{
    private const int BlockBytes = 64 << 20;
    private const int CopyBytes = 1 << 20;

    private readonly ScratchFolder? _scratch;
    private readonly SafeFileHandle _file;
    private readonly byte[] _block;
    private readonly byte[] _run;
    private readonly int _rowLength;
    private int _first;
    private int _count;

    /// <summary>Opens an array whose length is that of its header.</summary>
    /// <exception cref="InputException">It cannot be unpacked.</exception>
    public FortranRows(NpySource source, NpyHeader header, string row)
        : base(source, header, row)
    {
        _rowLength = (int)header.RowLength;
        var rows = Math.Clamp(BlockBytes / _rowLength, 1, Math.Max(1, header.Shape[0]));
        (_block, _run) = (new byte[rows * _rowLength], new byte[rows * header.Type.Size]);
        try
        {
            _scratch = source.PackedLength is null ? null : ScratchFolder.Create(Path.GetTempPath());
            var path = _scratch is null ? source.Name : Unpacked(Path.Combine(_scratch.Path, "array.npy"));
            _file = File.OpenHandle(path, options: FileOptions.RandomAccess);
        }
        catch
        {
            _scratch?.Dispose();
            throw;
        }
    }

    /// <summary>The folder that the array was unpacked to; null where it is a file of its own.</summary>
    internal string? Scratch => _scratch?.Path;

    public override void Read(Span<byte> rows)
    {
        for (; !rows.IsEmpty; rows = rows[_rowLength..])
        {
            if (Next < _first || Next >= _first + _count)
                Gather();
            _block.AsSpan((Next - _first) * _rowLength, _rowLength).CopyTo(rows);
            Next++;
        }
    }

    public override void Skip(int count) => Next += count;

    public override void Restart() => Next = 0;

    public override void Dispose()
    {
        _file.Dispose();
        _scratch?.Dispose();
    }

    private void Gather()
    {
        var (size, all) = (Header.Type.Size, (long)Header.Shape[0]);
        (_first, _count) = (Next, (int)Math.Min(_block.Length / _rowLength, all - Next));
        var run = _run.AsSpan(0, _count * size);
        var position = 0L;
        foreach (var place in PlacesInRow())
        {
            Fill(run, Header.DataOffset + (((position++ * all) + _first) * size));
            for (var i = 0; i < _count; i++)
                run.Slice(i * size, size).CopyTo(_block.AsSpan((i * _rowLength) + (place * size)));
        }
    }

    /// <summary>Where in a row in C order its values lie, in the order of the file: index (a, b, c) of axes A, B, C is at (a x B + b) x C + c.</summary>
    private IEnumerable<int> PlacesInRow()
    {
        int[] sides = [.. Header.Shape.Skip(1)];
        var strides = new int[sides.Length];
        for (var (axis, stride) = (sides.Length - 1, 1); axis >= 0; stride *= sides[axis--])
            strides[axis] = stride;
        var index = new int[sides.Length];
        for (var left = _rowLength / Header.Type.Size; left > 0; left--)
        {
            yield return index.Select((at, axis) => at * strides[axis]).Sum();
            for (var axis = 0; axis < sides.Length && ++index[axis] == sides[axis]; axis++)
                index[axis] = 0;
        }
    }

    private void Fill(Span<byte> run, long offset)
    {
        while (!run.IsEmpty)
        {
            var read = RandomAccess.Read(_file, run, offset);
            if (read == 0)
                throw new InputException($"{Place(_first)}: the file ends at byte {offset}; it is truncated.");
            run = run[read..];
            offset += read;
        }
    }

    private string Unpacked(string path)
    {
        if (Source.Length > new ArchiveLimits().BytesFor(Source.PackedLength!.Value))
        {
            throw new InputException(
                $"{Source.Name}: is in Fortran order, so it has to be unpacked, and takes {Source.Length} bytes then, more than {Source.PackedLength} packed bytes may; "
                + "save numpy.ascontiguousarray of it, which is read as it lies.");
        }

        using var stream = Source.Open();
        using var file = new FileStream(path, FileMode.CreateNew);
        var buffer = new byte[(int)Math.Min(CopyBytes, Source.Length)];
        for (var left = Source.Length; left > 0; left -= Math.Min(left, buffer.Length))
        {
            var part = buffer.AsSpan(0, (int)Math.Min(left, buffer.Length));
            ExactReading.Fill(stream, part, () => Source.Name);
            file.Write(part);
        }

        return path;
    }
}
