using System.Text;
using CsCheck;
using DataCentric.Npy;

namespace DataCentric.Tests.Npy;

public class NpyHeaderTests
{
    private static readonly NpyDType[] SomeTypes =
        [NpyDType.U1, NpyDType.F4, new('i', 8), new('i', 4, true), new('f', 8), new('f', 2, true), new('u', 2)];

    private static readonly Gen<NpyDType> Types = Gen.Int[0, SomeTypes.Length - 1].Select(index => SomeTypes[index]);

    [Fact]
    public void What_is_written_is_read_and_aligned() =>
        Gen.Select(Types, Gen.Int[0, 999].Array[0, 5]).Sample((type, shape) =>
        {
            var bytes = NpyHeader.For(type, shape).ToBytes();
            using var stream = new MemoryStream(bytes);
            var header = NpyHeader.Read(stream, "x.npy");

            header.Type.ShouldBe(type);
            header.Shape.ShouldBe(shape);
            header.FortranOrder.ShouldBeFalse();
            header.DataOffset.ShouldBe(bytes.Length);
            (header.DataOffset % 64).ShouldBe(0);
            header.DataLength.ShouldBe(shape.Aggregate((long)type.Size, (length, side) => length * side));
        });

    // numpy.save of numpy.zeros((2, 8, 8, 3), numpy.uint8), NumPy 2.0: the text, then spaces to 127 and a line feed.
    [Fact]
    public void The_bytes_are_those_of_numpy()
    {
        var bytes = NpyHeader.For(NpyDType.U1, 2, 8, 8, 3).ToBytes();

        var text = "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 8, 8, 3), }";
        bytes.ShouldBe([0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. Encoding.ASCII.GetBytes(text.PadRight(117)), (byte)'\n']);
    }

    [Fact]
    public void A_row_begins_at_its_offset()
    {
        var header = NpyHeader.For(NpyDType.F4, 10, 7);

        header.OffsetOf(0).ShouldBe(128);
        header.OffsetOf(3).ShouldBe(128 + (3 * 28));
        header.OffsetOf(10).ShouldBe(header.FileLength);
    }

    [Fact]
    public void Version_2_and_3_have_a_longer_length_field()
    {
        var text = Encoding.ASCII.GetBytes("{'shape': (3,), 'fortran_order': True, 'descr': '>i4'}");
        foreach (var version in (byte[])[2, 3])
        {
            using var stream = new MemoryStream([0x93, .. "NUMPY"u8, version, 0, (byte)text.Length, 0, 0, 0, .. text, 42]);
            var header = NpyHeader.Read(stream, "x");

            header.Type.ShouldBe(new NpyDType('i', 4, true));
            header.FortranOrder.ShouldBeTrue();
            header.Shape.ShouldBe([3]);
            stream.ReadByte().ShouldBe(42);
        }
    }

    [Fact]
    public void A_header_too_long_for_version_1_is_written_as_version_2()
    {
        var bytes = NpyHeader.For(NpyDType.U1, [.. Enumerable.Repeat(1, 22_000)]).ToBytes();

        bytes[6].ShouldBe((byte)2);
        NpyHeader.For(NpyDType.U1, 1).ToBytes()[6].ShouldBe((byte)1);
    }

    [Fact]
    public void Python_2_long_integers_and_double_quotes_are_understood()
    {
        using var stream = new MemoryStream(NpyFile.Make("{\"descr\": \"<f8\", 'fortran_order': False, 'shape': (3L, 2L)}", []));

        NpyHeader.Read(stream, "x").Shape.ShouldBe([3, 2]);
    }

    [Theory]
    [InlineData("{'descr': '|u1', 'fortran_order': False, }", "is missing")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 2), 'x': (1,)}", "'x' is unknown")]
    [InlineData("{'descr': '|u1', 'descr': '|u1', 'fortran_order': False, 'shape': (2,)}", "repeated")]
    [InlineData("{'descr': '|u1', 'fortran_order': None, 'shape': (2,)}", "expected True or False")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (-1,)}", "expected a length")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (99999999999,)}", "expected a length")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (2,)} + evil()", "something follows")]
    [InlineData("{'descr': '|u1", "does not end")]
    [InlineData("__import__('os')", "expected '{'")]
    [InlineData("", "expected '{'")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,)}", "several fields")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (2,)}", "'|O' are not read")]
    [InlineData("{'descr': '<U5', 'fortran_order': False, 'shape': (2,)}", "'<U5' are not read")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2147483647, 2147483647, 2147483647)}", "too large")]
    public void A_broken_header_is_refused_with_its_reason(string text, string reason)
    {
        using var stream = new MemoryStream(NpyFile.Make(text, []));

        var message = Should.Throw<InputException>(() => NpyHeader.Read(stream, "set/data.npy")).Message;

        message.ShouldStartWith("set/data.npy");
        message.ShouldContain(reason);
    }

    [Fact]
    public void Any_bytes_are_a_header_or_an_input_error() =>
        Gen.Byte.Array[0, 80].Sample(noise =>
        {
            byte[] bytes = [0x93, .. "NUMPY"u8, 1, 0, (byte)noise.Length, 0, .. noise];
            using var stream = new MemoryStream(bytes);
            Should.Throw<InputException>(() => NpyHeader.Read(stream, "x"));
        });

    [Fact]
    public void Another_file_or_an_unknown_version_is_refused()
    {
        Should.Throw<InputException>(() => NpyHeader.Read(new MemoryStream([.. "PK345678"u8]), "x"))
            .Message.ShouldContain("504B33343536");
        Should.Throw<InputException>(() => NpyHeader.Read(new MemoryStream([0x93, .. "NUMPY"u8, 9, 0]), "x"))
            .Message.ShouldContain("version 9.0");
        Should.Throw<InputException>(() => NpyHeader.Read(new MemoryStream([0x93, .. "NUM"u8]), "x"))
            .Message.ShouldContain("truncated");
    }

    [Theory]
    [InlineData("<u2", new byte[] { 0x01, 0x02 }, 0x0201)]
    [InlineData(">u2", new byte[] { 0x01, 0x02 }, 0x0102)]
    [InlineData("|i1", new byte[] { 0xFF }, -1)]
    [InlineData(">i4", new byte[] { 0xFF, 0xFF, 0xFF, 0xFE }, -2)]
    [InlineData("<u4", new byte[] { 0xFF, 0xFF, 0xFF, 0xFF }, 4294967295)]
    [InlineData("<u8", new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, long.MaxValue)]
    public void Whole_numbers_of_every_kind_are_read(string type, byte[] bytes, long value)
    {
        NpyDType.Parse(type, "x").ToInt64(bytes).ShouldBe(value);
        NpyDType.Parse(type, "x").ToString().ShouldBe(type);
    }
}
