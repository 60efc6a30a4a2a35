using DataCentric.Adversarial.Attack;
using DataCentric.Adversarial.Models;
using DataCentric.Adversarial.Networks;
using DataCentric.Adversarial.Tests.Support;
using DataCentric.Attacks;
using DataCentric.Images;
using static TorchSharp.torch;

namespace DataCentric.Adversarial.Tests;

/// <summary>Modules of a caller attack as networks of model files do.</summary>
public sealed class ModuleEnsembleTests
{
    private static readonly ImageSet Images = Patterns.Make(6);
    private static readonly AttackOptions Options = AttackProfiles.Recommended.Attack with { Iterations = 3, Precision = GradientPrecision.Float32 };

    [Fact]
    public void A_module_that_computes_what_a_surrogate_does_gives_the_same_bytes()
    {
        using var surrogate = MakeSurrogate();
        using var module = new Wrapped(surrogate);
        module.eval();
        using var modules = ModuleEnsemble.Of([module], Images.Shape, Patterns.Classes);
        using var surrogates = new Ensemble([surrogate], Images.Shape, Patterns.Classes);

        Attack(modules).Pixels.ShouldBe(Attack(surrogates).Pixels);
    }

    [Fact]
    public void A_network_of_a_caller_loses_the_logits_of_the_labels_and_stays_as_it_was()
    {
        using var network = nn.Sequential(("conv", nn.Conv2d(3, 8, 3)), ("relu", nn.ReLU()), ("pool", nn.AdaptiveAvgPool2d(1)), ("flat", nn.Flatten()), ("last", nn.Linear(8, Patterns.Classes)));
        var before = network.state_dict().Values.SelectMany(tensor => tensor.data<float>().ToArray()).ToArray();

        var result = Samples.AttackWithATorchSharpModule.Run(network, Images, Patterns.Classes);

        result.Outcomes.Sum(outcome => outcome.TrueLogitAfter - outcome.TrueLogitBefore).ShouldNotBe(0);
        result.Pixels.ShouldNotBe(Images.Pixels);
        network.state_dict().Values.SelectMany(tensor => tensor.data<float>().ToArray()).ShouldBe(before);
        network.parameters().Any(parameter => parameter.grad is not null).ShouldBeFalse();
        Samples.AttackWithATorchSharpModule.Run(network, Images, Patterns.Classes).Pixels.ShouldBe(result.Pixels);
    }

    [Fact]
    public void Modules_that_cannot_be_are_refused()
    {
        using var network = nn.Sequential(("flat", nn.Flatten()), ("last", nn.Linear(Images.Shape.ByteLength, 4)));
        Should.Throw<ArgumentException>(() => ModuleEnsemble.Of([network], Images.Shape, 4)).Message.ShouldContain("eval()");
        network.eval();

        Should.Throw<ArgumentException>(() => ModuleEnsemble.Of([network], Images.Shape, 5)).Message.ShouldContain("(1, 4)");
        Should.Throw<ArgumentException>(() => ModuleEnsemble.Of([], Images.Shape, 4));
    }

    private static AttackResult Attack(IEnsemble ensemble) =>
        ensemble.Attack(new AttackBatch(Images, [.. Enumerable.Range(0, Images.Count).Select(i => (ulong)i)], 3), Options, null, CancellationToken.None);

    private static Surrogate MakeSurrogate() =>
        new(new Network(Architectures.Get("resnet8"), Patterns.Classes, new RandomWeights(3)), new ChannelStatistics([0.5f, 0.5f, 0.5f], [0.2f, 0.2f, 0.2f]));

    private sealed class Wrapped(Surrogate surrogate) : nn.Module<Tensor, Tensor>("wrapped")
    {
        public override Tensor forward(Tensor input) => surrogate.Logits(input);
    }
}
