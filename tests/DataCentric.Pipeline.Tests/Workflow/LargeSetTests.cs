using DataCentric.Attacks;
using DataCentric.Images;
using DataCentric.Imaging.Formats;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Workflow;

namespace DataCentric.Pipeline.Tests.Workflow;

/// <summary>Sets of more than 2 GiB: what does not fit into memory at once is made smaller where that changes no result, or refused before anything is computed.</summary>
public sealed class LargeSetTests
{
    private static readonly IngestedSet Large = new("hash", 700, new ImageShape(1024, 1024), 10, HasSoftLabels: false);

    [Theory]
    [InlineData(1024, 0, 682)]
    [InlineData(224, 0, 14_265)]
    [InlineData(32, 0, 699_029)]
    [InlineData(8, 21_841, 24_575)]
    public void A_set_in_memory_holds_two_gibibytes_of_pixels_and_of_soft_labels(int side, int softClasses, int most)
    {
        var shape = new ImageShape(side, side);

        ImageSet.MostOf(shape, softClasses).ShouldBe(most);
        ((long)most * shape.ByteLength).ShouldBeLessThan(Array.MaxLength);
        ((long)most * softClasses * sizeof(float)).ShouldBeLessThan(Array.MaxLength);
    }

    [Fact]
    public void Surrogates_are_trained_on_images_of_any_size_and_on_as_many_soft_labels_as_fit()
    {
        new SurrogateOptions().ImagesOf(700, 0).ShouldBe(700);
        new SurrogateOptions().ImagesOf(60_000, 0).ShouldBe(50_000);
        new SurrogateOptions().ImagesOf(60_000, 21_841).ShouldBe(24_575);
    }

    [Fact]
    public async Task Shards_hold_64_megabytes_at_most()
    {
        var context = new ScriptedContext(maxInFlight: 3) { Set = Large, Plan = new PlanSummary(0, 0, 700) };

        await EnhancementWorkflow.RunAsync(context, Request with { ShardSize = 1_000_000 });

        context.Called("CorruptShard").ShouldBe(34); // 21 images of 3 MB in each
    }

    [Theory]
    [InlineData(1024, 0, 256, 21)]
    [InlineData(224, 0, 256, 256)]
    [InlineData(32, 0, 1_000_000, 21_845)]
    [InlineData(8, 21_841, 1000, 768)]
    public void A_shard_has_as_many_samples_as_are_wanted_or_as_64_megabytes_hold(int side, int softClasses, int wanted, int size)
    {
        var set = new IngestedSet("hash", 5_000, new ImageShape(side, side), Math.Max(2, softClasses), softClasses > 0);

        set.ShardSizeFor(Request with { ShardSize = wanted }).ShouldBe(size);
    }

    [Fact]
    public async Task A_batch_that_does_not_fit_is_refused_before_the_plan()
    {
        var context = new ScriptedContext(maxInFlight: 3) { Set = Large };

        (await Should.ThrowAsync<InputException>(() => EnhancementWorkflow.RunAsync(context, Request with { Attack = Request.Attack with { BatchSize = 512 } })))
            .Message.ShouldContain("attackBatch: 512 images of 1024x1024");
        context.Called("Plan").ShouldBe(0);
    }

    [Fact]
    public async Task A_score_that_needs_more_than_fits_is_refused_before_the_plan()
    {
        var context = new ScriptedContext(maxInFlight: 3) { Set = Large };

        (await Should.ThrowAsync<InputException>(() => EnhancementWorkflow.RunAsync(context, Request with { Score = new ScoringRequest { Test = "p" } })))
            .Message.ShouldContain("682 do. Take so many (--limit)");
        context.Called("Plan").ShouldBe(0);
    }

    [Theory]
    [InlineData(700, 1024, 10, false, 682)]
    [InlineData(25_000, 8, 21_841, true, 24_575)]
    public void Reading_more_than_fits_is_refused_with_the_way_out(int count, int side, int classes, bool soft, int most)
    {
        using var reader = new Endless(new ImageSetInfo("made up", count, new ImageShape(side, side), [.. Enumerable.Range(0, classes).Select(k => $"{k}")], soft));

        Should.Throw<InputException>(() => reader.ReadSelected(Enumerable.Range(0, count), "Take so many by --limit.")).Message
            .ShouldBe($"{count} images of {side}x{side} do not fit into memory at once (2 GiB), {most} do. Take so many by --limit.");
    }

    [Fact]
    public async Task A_network_that_the_attack_worker_does_not_know_is_told_before_any_is_trained()
    {
        var context = new ScriptedContext(maxInFlight: 3) { Architectures = ["resnet20"] };

        (await Should.ThrowAsync<InputException>(() => EnhancementWorkflow.RunAsync(context, Request))).Message.ShouldContain("there are resnet20");
        context.Called("PrepareSurrogate").ShouldBe(0);
    }

    private static EnhancementRequest Request => new() { RunId = "run", Dataset = "a" };

    private sealed class Endless(ImageSetInfo info) : IImageReader
    {
        public ImageSetInfo Info => info;

        public ImageSet Read(int count) => throw new NotSupportedException();

        public void Skip(int count) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
