using System.Runtime.InteropServices;
using DataCentric.Adversarial.Attack;

namespace DataCentric.Adversarial.Tests.Attack;

public class PassSizeTests
{
    [Fact]
    public void All_images_go_together_while_there_is_memory()
    {
        Passes(new PassSize(10), fits: 10).ShouldBe([(0, 10)]);
    }

    [Fact]
    public void Passes_are_halved_until_they_fit_and_each_image_passes_once()
    {
        var size = new PassSize(10);

        Passes(size, fits: 3).ShouldBe([(0, 3), (3, 3), (6, 3), (9, 1)]);
        Passes(size, fits: 3).Count.ShouldBe(4); // found once, kept
        size.Images.ShouldBe(3);
    }

    [Fact]
    public void Where_not_even_one_image_fits_the_error_is_passed_on()
    {
        Should.Throw<ExternalException>(() => Passes(new PassSize(4), fits: 0)).Message.ShouldContain("out of memory");
    }

    [Fact]
    public void Other_errors_are_passed_on_at_once()
    {
        var passes = 0;

        Should.Throw<ExternalException>(() => new PassSize(4).Run((_, _) =>
        {
            passes++;
            throw new TorchSaid("expected scalar type Float");
        }));

        passes.ShouldBe(1);
    }

    private static List<(int First, int Count)> Passes(PassSize size, int fits)
    {
        var passes = new List<(int, int)>();
        size.Run((first, count) =>
        {
            if (count > fits)
                throw new TorchSaid("CUDA out of memory. Tried to allocate 2.00 GiB.");
            passes.Add((first, count));
        });
        return passes;
    }

    private sealed class TorchSaid(string message) : ExternalException(message);
}
