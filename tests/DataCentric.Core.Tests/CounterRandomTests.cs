using CsCheck;
using DataCentric.Randomness;

namespace DataCentric.Core.Tests;

public class CounterRandomTests
{
    // Random123 1.14, tests/kat_vectors, philox4x32 10: counter and key all zero.
    [Fact]
    public void Philox_gives_the_published_vector_for_zero_counter_and_key()
    {
        var random = new CounterRandom(0, 0, 0);

        uint[] draws = [random.NextUInt32(), random.NextUInt32(), random.NextUInt32(), random.NextUInt32()];

        draws.ShouldBe([0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u]);
    }

    [Fact]
    public void Fill_gives_the_values_of_single_draws_at_every_offset_and_length() =>
        Gen.Select(Gen.ULong, Gen.ULong, Gen.Int[0, 9], Gen.Int[0, 150]).Sample((seed, sample, before, length) =>
        {
            var single = new CounterRandom(seed, sample, RandomStage.Corruption, 3);
            var bulk = single;
            for (var i = 0; i < before; i++)
                bulk.NextUInt32().ShouldBe(single.NextUInt32());

            var filled = new uint[length];
            bulk.Fill(filled);

            filled.ShouldBe(Enumerable.Range(0, length).Select(_ => single.NextUInt32()));
            bulk.NextUInt32().ShouldBe(single.NextUInt32());
        });

    [Fact]
    public void Streams_of_other_seed_sample_stage_or_variant_differ()
    {
        ulong[] first =
        [
            new CounterRandom(1, 1, RandomStage.Split, 1).NextUInt64(),
            new CounterRandom(2, 1, RandomStage.Split, 1).NextUInt64(),
            new CounterRandom(1, 2, RandomStage.Split, 1).NextUInt64(),
            new CounterRandom(1, 1, RandomStage.Kind, 1).NextUInt64(),
            new CounterRandom(1, 1, RandomStage.Split, 2).NextUInt64(),
        ];

        first.ShouldBeUnique();
    }

    [Fact]
    public void Below_is_uniform()
    {
        var random = new CounterRandom(7, 0, RandomStage.Split);
        var counts = new int[14];
        for (var i = 0; i < 140_000; i++)
            counts[random.Below(14)]++;

        counts.ShouldAllBe(count => Math.Abs(count - 10_000) < 4 * 97); // sd = sqrt(140000 * 1/14 * 13/14) = 96.4
    }

    [Fact]
    public void Normal_has_its_mean_and_deviation()
    {
        var random = new CounterRandom(7, 1, RandomStage.Split);
        var draws = Enumerable.Range(0, 100_000).Select(_ => random.Normal(3, 2)).ToArray();

        draws.Average().ShouldBe(3, 4 * 2 / Math.Sqrt(100_000));
        Math.Sqrt(draws.Average(x => (x - 3) * (x - 3))).ShouldBe(2, 0.02);
    }

    [Fact]
    public void Shuffle_keeps_every_item()
    {
        var random = new CounterRandom(7, 2, RandomStage.Split);
        var items = Enumerable.Range(0, 1000).ToArray();

        random.Shuffle<int>(items);

        items.ShouldNotBe(Enumerable.Range(0, 1000));
        items.Order().ShouldBe(Enumerable.Range(0, 1000));
    }
}
