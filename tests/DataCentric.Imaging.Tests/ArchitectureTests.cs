using DataCentric.Imaging.Formats;

namespace DataCentric.Imaging.Tests;

public class ArchitectureTests
{
    [Fact]
    public void No_two_namespaces_use_each_other() => Layers.ShouldBeHeld(
        typeof(ImageSource).Assembly,
        "DataCentric.Imaging.Reading",
        "DataCentric.Imaging.Pictures",
        "DataCentric.Imaging.Pictures.Charts",
        "DataCentric.Imaging.Formats.Archives",
        "DataCentric.Imaging.Formats.Arrays",
        "DataCentric.Imaging.Formats",
        "DataCentric.Imaging.Formats.Writing",
        "DataCentric.Imaging.Corruptions.Primitives",
        "DataCentric.Imaging.Corruptions",
        "DataCentric.Imaging.Duplicates",
        "DataCentric.Imaging.Inspection");
}
