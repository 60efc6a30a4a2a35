using DataCentric.Imaging.Formats;

namespace DataCentric.Imaging.Tests.Formats;

public class ClassNamesTests
{
    [Fact]
    public void A_list_is_read_as_the_names_that_were_written()
    {
        using var folder = new TempFolder();
        string[] names = ["T-shirt/top", "Ankle boot", "7", "é"];

        folder.Write(ClassNames.FileName, ClassNames.TryLines(names)!);

        ClassNames.Read(folder.File(ClassNames.FileName)).ShouldBe(names);
    }

    [Theory]
    [InlineData("two\nlines")]
    [InlineData(" indented")]
    [InlineData("ending\r")]
    [InlineData("")]
    [InlineData("same")]
    public void A_name_that_would_not_be_read_again_gives_no_list(string name) => ClassNames.TryLines(["same", name]).ShouldBeNull();
}
