using DataCentric.Attacks;

namespace DataCentric.Core.Tests;

public class OptionTextTests
{
    [Theory]
    [InlineData(typeof(string), "a b", "a b")]
    [InlineData(typeof(int), "-3", "-3")]
    [InlineData(typeof(ulong), "18446744073709551615", "18446744073709551615")]
    [InlineData(typeof(double), "1e-5", "1E-05")]
    [InlineData(typeof(bool), "False", "false")]
    [InlineData(typeof(SmoothingOrder), "before-momentum", "before-momentum")]
    [InlineData(typeof(IReadOnlyList<string>), "a, b", "a,b")]
    [InlineData(typeof(IReadOnlyList<double>), ".5,2", "0.5,2")]
    public void What_is_read_is_written_again(Type type, string text, string written)
    {
        var value = OptionText.Read(type, text, "--option");

        value.ShouldBeAssignableTo(type);
        OptionText.Write(value).ShouldBe(written);
    }

    [Theory]
    [InlineData(typeof(int), "many", "--option: 'many' is not a whole number.")]
    [InlineData(typeof(ulong), "-1", "--option: '-1' is not a whole number of 0 or more.")]
    [InlineData(typeof(IReadOnlyList<double>), "1,x", "--option: 'x' is not a number.")]
    [InlineData(typeof(bool), "maybe", "--option: 'maybe' is not true or false.")]
    [InlineData(typeof(SmoothingOrder), "sideways", "--option: 'sideways' is none of before-momentum, after-momentum, off.")]
    public void What_cannot_be_read_is_told(Type type, string text, string message) =>
        Should.Throw<InputException>(() => OptionText.Read(type, text, "--option")).Message.ShouldBe(message);
}
