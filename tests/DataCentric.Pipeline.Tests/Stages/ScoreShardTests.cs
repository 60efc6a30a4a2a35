using CsCheck;
using DataCentric.Pipeline.Stages;

namespace DataCentric.Pipeline.Tests.Stages;

public class ScoreShardTests
{
    [Fact]
    public void Shards_hold_every_sample_once_in_whole_batches_and_are_no_more_than_allowed() =>
        Gen.Select(Gen.Int[0, 5000], Gen.Int[1, 700], Gen.Int[1, 64], Gen.Int[1, 300]).Sample((samples, shardSize, batch, atMost) =>
        {
            var shards = ScoreShard.Cut(samples, shardSize, batch, atMost).ToArray();

            shards.Length.ShouldBeLessThanOrEqualTo(atMost);
            shards.Aggregate(0, (next, shard) => shard.Start == next ? next + shard.Count : -1).ShouldBe(samples);
            shards.ShouldAllBe(shard => shard.Start % batch == 0 && shard.Count > 0);
        });

    [Fact]
    public void A_host_without_a_limit_gets_shards_of_the_size_that_was_asked_for() =>
        ScoreShard.Cut(1000, 100, 32, int.MaxValue).Select(shard => shard.Count).ShouldBe([128, 128, 128, 128, 128, 128, 128, 104]);
}
