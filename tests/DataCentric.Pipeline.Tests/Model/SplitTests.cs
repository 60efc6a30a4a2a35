using CsCheck;
using DataCentric.Pipeline.Model;

namespace DataCentric.Pipeline.Tests.Model;

public class SplitTests
{
    private static readonly Gen<Split> Splits =
        Gen.Select(Gen.Int[0, 50], Gen.Int[0, 50], Gen.Int[0, 50]).Where((a, b, c) => a + b + c > 0).Select((a, b, c) => new Split(a, b, c));

    [Fact]
    public void Sizes_add_up_and_are_within_one_of_their_exact_share() =>
        Gen.Select(Splits, Gen.Int[0, 2_000_000]).Sample((split, total) =>
        {
            var (clean, adversarial, corrupted) = split.SizesFor(total);
            double sum = split.Clean + split.Adversarial + split.Corrupted;

            (clean + adversarial + corrupted).ShouldBe(total);
            Math.Abs(clean - (total * split.Clean / sum)).ShouldBeLessThan(1);
            Math.Abs(adversarial - (total * split.Adversarial / sum)).ShouldBeLessThan(1);
            Math.Abs(corrupted - (total * split.Corrupted / sum)).ShouldBeLessThan(1);
        });

    [Fact]
    public void A_share_of_zero_gets_nothing() =>
        Gen.Int[0, 10_000].Sample(total => new Split(0, 1, 4).SizesFor(total).Clean.ShouldBe(0));

    [Theory]
    [InlineData(10, 4, 3, 3)]
    [InlineData(11, 4, 4, 3)]
    public void Ties_go_to_the_earlier_share(int total, int clean, int adversarial, int corrupted) =>
        new Split(1, 1, 1).SizesFor(total).ShouldBe((clean, adversarial, corrupted));

    [Fact]
    public void Text_round_trips() => Splits.Sample(split => Split.Parse(split.ToString()).ShouldBe(split));

    [Theory]
    [InlineData("0:0:0")]
    [InlineData("1:2")]
    [InlineData("1:2:3:4")]
    [InlineData("a:b:c")]
    [InlineData("-1:1:1")]
    [InlineData("")]
    public void What_is_no_split_is_refused_with_an_example(string text) =>
        Should.Throw<InputException>(() => Split.Parse(text)).Message.ShouldContain("0:1:4");
}
