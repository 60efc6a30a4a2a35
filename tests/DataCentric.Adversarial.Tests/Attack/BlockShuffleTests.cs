using DataCentric.Adversarial.Attack;
using DataCentric.Adversarial.Tests.Support;
using DataCentric.Attacks;
using DataCentric.Images;
using DataCentric.Randomness;
using static TorchSharp.torch;

namespace DataCentric.Adversarial.Tests.Attack;

public class BlockShuffleTests
{
    private const int Height = 20;
    private const int Width = 32;
    private static readonly AttackOptions Blocks = new() { DiversityKind = DiversityKind.BlockShuffle, DiversityProbability = 1 };

    [Fact]
    public void Blocks_are_turned_rigidly_and_nothing_is_seen_twice()
    {
        using var scope = NewDisposeScope();
        for (var iteration = 0; iteration < 40; iteration++)
        {
            var (x, y, inside) = Seen(Coordinates(), iteration);

            // A step to the right or down is a step of one pixel in the source, turned by at most 24 degrees, but where two blocks meet.
            var (across, along) = (0, 0);
            for (var row = 0; row < Height; row++)
            {
                for (var column = 0; column + 1 < Width; column++)
                {
                    if (inside[row, column] < 0.999 || inside[row, column + 1] < 0.999)
                        continue;
                    var (dx, dy) = (x[row, column + 1] - x[row, column], y[row, column + 1] - y[row, column]);
                    across++;
                    along += Math.Abs(Math.Sqrt((dx * dx) + (dy * dy)) - 1) < 0.001 && dx > Math.Cos(24.01 * Math.PI / 180) ? 1 : 0;
                }
            }

            along.ShouldBeGreaterThanOrEqualTo(across - (2 * Height), $"draw {iteration}");
        }
    }

    [Fact]
    public void Most_of_the_image_stays_and_the_rest_is_black()
    {
        using var scope = NewDisposeScope();
        var shares = Enumerable.Range(0, 200).Select(iteration => Seen(ones(1, 3, Height, Width), iteration).X.Cast<float>().Average()).ToArray();

        shares.Average().ShouldBeInRange(0.75f, 0.95f);
        shares.ShouldAllBe(share => share > 0.4f && share <= 1.00001f);
        shares.ShouldBeUnique();
    }

    [Fact]
    public void Two_by_two_blocks_change_places()
    {
        using var scope = NewDisposeScope();
        var corner = Coordinates();

        // Where the middle of the upper left quarter comes from: each quarter of the source in some draw.
        var quarters = Enumerable.Range(0, 100).Select(iteration => Seen(corner, iteration))
            .Select(seen => (Right: seen.X[Height / 4, Width / 4] > Width / 2f, Lower: seen.Y[Height / 4, Width / 4] > Height / 2f)).ToArray();

        quarters.CountBy(quarter => quarter).ShouldAllBe(count => count.Value > 5);
        quarters.Distinct().Count().ShouldBe(4);
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(8, 31)]
    public void Other_shapes_keep_their_size(int height, int width)
    {
        using var scope = NewDisposeScope();
        var random = new CounterRandom(1, 2, RandomStage.InputDiversity);

        BlockShuffle.Draw(ref random, new ImageShape(height, width)).Apply(rand(3, 3, height, width)).shape.ShouldBe([3, 3, height, width]);
    }

    [Fact]
    public void Copies_that_see_the_same_change_nothing_and_others_do()
    {
        byte[] Attacked(AttackOptions options)
        {
            var images = Patterns.Make(4);
            using var ensemble = TrainedSurrogates.Load(TrainedSurrogates.Bytes[0]);
            return ensemble.Attack(new AttackBatch(images, [0, 1, 2, 3], 5), options, null, TestContext.Current.CancellationToken).Pixels;
        }

        var few = Blocks with { Iterations = 3, LinfStep = 3, L2Step = 0.3, Precision = GradientPrecision.Float32 };

        var once = Attacked(few with { Diversity = DiversityDraw.Off });
        Attacked(few with { Diversity = DiversityDraw.Off, DiversityCopies = 1 }).ShouldBe(once);
        Attacked(few with { Diversity = DiversityDraw.Off, DiversityCopies = 4 }).Zip(once, (a, b) => Math.Abs(a - b)).Average().ShouldBeLessThan(0.05);
        Attacked(few with { DiversityCopies = 4 }).ShouldNotBe(Attacked(few));
    }

    private static Tensor Coordinates()
    {
        var x = tensor(Enumerable.Range(0, Width).Select(x => (float)x).ToArray()).expand(Height, Width);
        var y = tensor(Enumerable.Range(0, Height).Select(y => (float)y).ToArray()).unsqueeze(1).expand(Height, Width);
        return stack([x, y, ones(Height, Width)]).unsqueeze(0);
    }

    private static (float[,] X, float[,] Y, float[,] Inside) Seen(Tensor image, int iteration)
    {
        var seen = InputVariation.Draw(Blocks, 3, iteration, 0, 0, new ImageShape(Height, Width))!.Apply(image);
        float[,] Channel(int channel)
        {
            var plane = new float[Height, Width];
            var values = seen[0, channel].contiguous().data<float>().ToArray();
            Buffer.BlockCopy(values, 0, plane, 0, values.Length * sizeof(float));
            return plane;
        }

        return (Channel(0), Channel(1), Channel(2));
    }
}
