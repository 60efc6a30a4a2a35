using DataCentric.Pipeline.Fetching;

namespace DataCentric.Pipeline.Tests.Fetching;

public class KnownDatasetTests
{
    [Fact]
    public void The_known_sets_are_complete()
    {
        foreach (var known in KnownDataset.All)
        {
            known.Address.AbsoluteUri.ShouldEndWith("/");
            known.Files.ShouldAllBe(file => file.Length > 0 && file.Sha256.Length == 64 && file.Sha256.All(char.IsAsciiHexDigitLower));
            KnownDataset.Find(known.Name).ShouldBeSameAs(known);
        }

        Should.Throw<InputException>(() => KnownDataset.Find("mnist")).Message.ShouldContain("cifar10, cifar100, fashion-mnist");
    }
}
