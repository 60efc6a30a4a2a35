namespace DataCentric.Core.Tests;

public class VisibleTextTests
{
    [Theory]
    [InlineData("cat/im 0 é.JPG\tmallard ♂ 👩‍🌾 می‌خواهم\n")]
    [InlineData("")]
    public void Words_of_any_language_stay(string text) => VisibleText.Of(text).ShouldBeSameAs(text);

    [Theory]
    [InlineData("\u001b[2J", "\\u001B[2J")]
    [InlineData("a\rb\0", "a\\u000Db\\u0000")]
    [InlineData("\u009b1m\u007f", "\\u009B1m\\u007F")]
    [InlineData("x\u202egnp\u2066\u200f", "x\\u202Egnp\\u2066\\u200F")]
    [InlineData("\u2028\ufeff\u00ad", "\\u2028\\uFEFF\\u00AD")]
    [InlineData("\U000E0041", "\\uE0041")]
    public void What_steers_or_hides_is_shown_by_its_number(string text, string shown) => VisibleText.Of(text).ShouldBe(shown);
}
