using DataCentric.Adversarial.Models;
using DataCentric.Adversarial.Tests.Support;
using DataCentric.Adversarial.Training;
using DataCentric.Attacks;
using TorchSharp;

namespace DataCentric.Adversarial.Tests.Training;

public class BatchesAndScheduleTests
{
    private static readonly ChannelStatistics Unchanged = new([0, 0, 0], [1, 1, 1]);

    [Theory]
    [InlineData(10, 3)]
    [InlineData(2, 64)]
    [InlineData(7, 7)]
    public void An_epoch_takes_each_image_once_in_batches_of_at_least_the_batch_size(int count, int batchSize)
    {
        var batches = Batches(count, new() { BatchSize = batchSize });

        var epoch = batches.Epoch(0).ToArray();

        epoch.SelectMany(batch => batch).Order().ShouldBe(Enumerable.Range(0, count));
        epoch.ShouldAllBe(batch => batch.Length >= Math.Min(batchSize, count) && batch.Length < 2 * batchSize);
        epoch.Length.ShouldBe(batches.StepsPerEpoch);
    }

    [Fact]
    public void Each_epoch_has_an_order_of_its_own()
    {
        var batches = Batches(40, new() { BatchSize = 10 });

        batches.Epoch(1).SelectMany(batch => batch).ShouldNotBe(batches.Epoch(0).SelectMany(batch => batch));
        batches.Epoch(1).SelectMany(batch => batch).ShouldBe(batches.Epoch(1).SelectMany(batch => batch));
    }

    [Fact]
    public void Without_crop_and_mirror_a_batch_is_the_normalised_images()
    {
        var images = Patterns.Make(4);
        using var scope = torch.NewDisposeScope();
        var batches = new AugmentedBatches(images, new([0.5f, 0.5f, 0.5f], [0.25f, 0.25f, 0.25f]), new() { CropPadding = 0, Flip = false }, 1);

        var values = batches.ToTensor(batches.Draw([3], 0)).permute(0, 2, 3, 1).contiguous().data<float>().ToArray();

        values.ShouldBe(images.Image(3).ToArray().Select(level => ((level / 255f) - 0.5f) / 0.25f));
    }

    [Fact]
    public void A_crop_is_the_image_shifted_on_black_and_half_of_the_images_are_mirrored()
    {
        var images = Patterns.Make(1);
        using var scope = torch.NewDisposeScope();
        var batches = new AugmentedBatches(images, Unchanged, new() { CropPadding = 2, Flip = true }, 1);
        var mirrored = 0;
        for (var epoch = 0; epoch < 200; epoch++)
        {
            var drawn = batches.ToTensor(batches.Draw([0], epoch)).permute(0, 2, 3, 1).contiguous().data<float>().ToArray();
            var matches = Candidates().Where(candidate => Shifted(images.Pixels, candidate).SequenceEqual(drawn)).ToArray();
            matches.ShouldHaveSingleItem();
            mirrored += matches[0].Mirror ? 1 : 0;
        }

        mirrored.ShouldBeInRange(70, 130); // sd 7
    }

    [Fact]
    public void The_learning_rate_rises_to_its_peak_and_falls_to_zero_along_half_a_cosine()
    {
        var schedule = new LearningRateSchedule(TrainingSchedule.WarmUpCosine, 0.1, 100, 10);

        schedule.WarmUp.ShouldBe(20);
        schedule.At(0).ShouldBe(0.005, 1e-12);
        schedule.At(19).ShouldBe(0.1, 1e-12);
        schedule.At(20).ShouldBe(0.1, 1e-12);
        schedule.At(60).ShouldBe(0.05, 1e-12);
        schedule.At(99).ShouldBeLessThan(1e-4);
        new LearningRateSchedule(TrainingSchedule.WarmUpCosine, 0.1, 1, 1).At(0).ShouldBe(0.1, 1e-12);
    }

    private static IEnumerable<(int Down, int Right, bool Mirror)> Candidates() =>
        from down in Enumerable.Range(-2, 5)
        from right in Enumerable.Range(-2, 5)
        from mirror in new[] { false, true }
        select (down, right, mirror);

    private static float[] Shifted(byte[] image, (int Down, int Right, bool Mirror) by)
    {
        var shifted = new float[image.Length];
        for (var i = 0; i < image.Length; i++)
        {
            var (y, x, channel) = (i / 48, i / 3 % 16, i % 3);
            var (fromY, fromX) = (y + by.Down, (by.Mirror ? 15 - x : x) + by.Right);
            shifted[i] = fromY is >= 0 and < 16 && fromX is >= 0 and < 16 ? image[(fromY * 48) + (fromX * 3) + channel] / 255f : 0;
        }

        return shifted;
    }

    [Fact]
    public void A_cosine_by_epochs_is_that_of_PyTorch()
    {
        var schedule = new LearningRateSchedule(TrainingSchedule.EpochCosine, 0.1, 40, 10);

        // torch.optim.lr_scheduler.CosineAnnealingLR(SGD(lr=0.1), T_max=4): 0.1, 0.0853553, 0.05, 0.0146447.
        Enumerable.Range(0, 4).Select(epoch => Math.Round(schedule.At(10 * epoch), 7)).ShouldBe([0.1, 0.0853553, 0.05, 0.0146447]);
        schedule.At(19).ShouldBe(schedule.At(10));
    }

    private static AugmentedBatches Batches(int count, SurrogateOptions options) => new(Patterns.Make(count), Unchanged, options, 1);
}
