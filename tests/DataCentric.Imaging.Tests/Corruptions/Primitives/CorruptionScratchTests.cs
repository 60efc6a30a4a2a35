using DataCentric.Imaging.Corruptions.Primitives;

namespace DataCentric.Imaging.Tests.Corruptions.Primitives;

public class CorruptionScratchTests
{
    [Fact]
    public void Pieces_do_not_overlap_however_large_they_grow()
    {
        var scratch = new CorruptionScratch();
        var first = scratch.Take<byte>(100);
        first.Fill(1);
        var second = scratch.Take<float>(1_000_000);
        second.Fill(2);
        var third = scratch.Take<byte>(50_000);
        third.Fill(3);

        first.IndexOfAnyExcept((byte)1).ShouldBe(-1);
        second.IndexOfAnyExcept(2f).ShouldBe(-1);
        third.IndexOfAnyExcept((byte)3).ShouldBe(-1);
    }

    [Fact]
    public void Released_memory_is_used_again_and_what_was_taken_before_is_kept()
    {
        var scratch = new CorruptionScratch();
        var kept = scratch.Take<int>(1000);
        kept.Fill(7);
        for (var round = 0; round < 100; round++)
        {
            var mark = scratch.Remember();
            scratch.Take<int>(10_000 * (1 + (round % 7))).Fill(round);
            scratch.Release(mark);
        }

        kept.IndexOfAnyExcept(7).ShouldBe(-1);
        scratch.Take<int>(1000).Overlaps(kept).ShouldBeFalse();
    }
}
