using DataCentric.Images;

namespace DataCentric.Core.Tests;

public class ArchitectureTests
{
    [Fact]
    public void No_two_namespaces_use_each_other() => Layers.ShouldBeHeld(
        typeof(ImageSet).Assembly, "DataCentric", "DataCentric.Archives", "DataCentric.Randomness", "DataCentric.Pickles", "DataCentric.Npy", "DataCentric.Images", "DataCentric.Attacks");
}
