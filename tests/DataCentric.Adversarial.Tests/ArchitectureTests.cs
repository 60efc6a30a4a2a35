namespace DataCentric.Adversarial.Tests;

public class ArchitectureTests
{
    [Fact]
    public void No_two_namespaces_use_each_other() => Layers.ShouldBeHeld(
        typeof(TorchAdversary).Assembly,
        "DataCentric.Adversarial.Runtime",
        "DataCentric.Adversarial.Networks.Winograd",
        "DataCentric.Adversarial.Networks",
        "DataCentric.Adversarial.Networks.ImageNet",
        "DataCentric.Adversarial.Models",
        "DataCentric.Adversarial.Exchange",
        "DataCentric.Adversarial.Training",
        "DataCentric.Adversarial.Attack",
        "DataCentric.Adversarial",
        "DataCentric.Adversarial.Isolation");
}
