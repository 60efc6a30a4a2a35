namespace DataCentric.Core.Tests;

public class MemorySizeTests
{
    [Theory]
    [InlineData("4GB", 4_000_000_000)]
    [InlineData("1.5 GiB", 1_610_612_736)]
    [InlineData("800mb", 800_000_000)]
    [InlineData("2TB", 2_000_000_000_000)]
    public void Amounts_have_a_number_and_a_unit(string text, long bytes) => MemorySize.Parse(text).Bytes.ShouldBe(bytes);

    [Theory]
    [InlineData("4", "not an amount of memory")]
    [InlineData("GB", "not an amount of memory")]
    [InlineData("-4GB", "not an amount of memory")]
    [InlineData("4,5GB", "not an amount of memory")]
    [InlineData("4 apples", "not an amount of memory")]
    [InlineData("", "not an amount of memory")]
    [InlineData("0GB", "too little memory")]
    [InlineData("255MB", "too little memory")]
    [InlineData("999999999TB", "too much memory")]
    public void What_is_no_amount_is_refused(string text, string reason) => Should.Throw<InputException>(() => MemorySize.Parse(text)).Message.ShouldContain(reason);
}
