using DataCentric.Adversarial.Attack;
using DataCentric.Adversarial.Runtime;
using DataCentric.Attacks;
using DataCentric.Images;
using static TorchSharp.torch;

namespace DataCentric.Adversarial.Tests.Attack;

public class InputDiversityTests
{
    private static readonly ImageShape Cifar = new(32, 32);
    private static readonly AttackOptions Always = new() { DiversityProbability = 1 };

    [Fact]
    public void Sides_are_uniform_in_32_to_40_on_a_canvas_of_41_with_a_black_line_below_and_to_the_right()
    {
        var draws = Enumerable.Range(0, 3000).Select(iteration => Draw(Always, 7, iteration, 0, Cifar)!).ToArray();

        draws.ShouldAllBe(draw => draw.Canvas == new ImageShape(41, 41) && draw.Height == draw.Width);
        draws.ShouldAllBe(draw => draw.Top + draw.Height <= 40 && draw.Left + draw.Width <= 40);
        var counts = draws.CountBy(draw => draw.Height).ToDictionary();
        counts.Keys.Order().ShouldBe(Enumerable.Range(32, 9));
        counts.Values.ShouldAllBe(count => Math.Abs(count - (3000 / 9)) < 5 * 17); // sd = sqrt(3000 * 1/9 * 8/9) = 17
        draws.Where(draw => draw.Height == 32).Select(draw => draw.Top).Distinct().Order().ShouldBe(Enumerable.Range(0, 9));
    }

    [Fact]
    public void The_image_is_resized_to_the_nearest_place_and_surrounded_by_black()
    {
        using var scope = NewDisposeScope();
        var image = rand(1, 3, 8, 8).Plus(1);

        var seen = new InputDiversity(9, 10, 1, 0, new(11, 11)).Apply(image);

        seen.shape.ShouldBe([1, 3, 11, 11]);
        for (var y = 0; y < 11; y++)
        {
            for (var x = 0; x < 11; x++)
            {
                var inside = y is >= 1 and < 10 && x < 10;
                var expected = inside ? image[0, 2, (y - 1) * 8 / 9, x * 8 / 10].item<float>() : 0;
                seen[0, 2, y, x].item<float>().ShouldBe(expected, $"at {y}, {x}");
            }
        }
    }

    [Fact]
    public void A_share_of_the_iterations_is_transformed()
    {
        var options = new AttackOptions { DiversityProbability = 0.7 };

        var transformed = Enumerable.Range(0, 2000).Count(iteration => Draw(options, 7, iteration, 0, Cifar) is not null);

        transformed.ShouldBeInRange(1400 - (5 * 21), 1400 + (5 * 21)); // sd = sqrt(2000 * .7 * .3) = 20.5
    }

    [Fact]
    public void Surrogates_draw_alike_when_shared_and_differently_when_not()
    {
        var shared = Always with { Diversity = DiversityDraw.Shared };

        Draws(shared, surrogate: 1).ShouldBe(Draws(shared, surrogate: 0));
        Draws(Always, surrogate: 1).ShouldNotBe(Draws(Always, surrogate: 0));
        Draws(Always with { Diversity = DiversityDraw.Off }, surrogate: 0).ShouldAllBe(draw => draw == null);
    }

    [Theory]
    [InlineData(8, 8)]
    [InlineData(20, 50)]
    [InlineData(50, 20)]
    public void Other_shapes_stay_inside_their_canvas(int height, int width)
    {
        var canvas = new ImageShape((height * 5 / 4) + 1, (width * 5 / 4) + 1);

        for (var iteration = 0; iteration < 300; iteration++)
        {
            var draw = Draw(Always, 3, iteration, 0, new(height, width))!;
            draw.Canvas.ShouldBe(canvas);
            draw.Height.ShouldBeInRange(height, canvas.Height - 1);
            draw.Width.ShouldBeInRange(width, canvas.Width - 1);
            draw.Top.ShouldBeInRange(0, canvas.Height - 1 - draw.Height);
            draw.Left.ShouldBeInRange(0, canvas.Width - 1 - draw.Width);
        }
    }

    private static InputDiversity?[] Draws(AttackOptions options, int surrogate) =>
        [.. Enumerable.Range(0, 20).Select(iteration => Draw(options, 7, iteration, surrogate, Cifar))];

    private static InputDiversity? Draw(AttackOptions options, ulong seed, int iteration, int surrogate, ImageShape shape) =>
        (InputDiversity?)InputVariation.Draw(options, seed, iteration, surrogate, copy: 0, shape);
}
