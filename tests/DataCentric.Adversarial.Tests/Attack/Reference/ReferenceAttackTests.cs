using DataCentric.Adversarial.Attack;
using DataCentric.Adversarial.Models;
using DataCentric.Adversarial.Networks;
using DataCentric.Adversarial.Runtime;
using DataCentric.Adversarial.Tests.Support;
using DataCentric.Attacks;
using static TorchSharp.torch;

namespace DataCentric.Adversarial.Tests.Attack.Reference;

public class ReferenceAttackTests
{
    private const int Side = 8;
    private const int Count = 3;
    private static readonly AttackOptions Options = new() { Iterations = 12, Precision = GradientPrecision.Float32 };

    public static TheoryData<string, AttackOptions> Settings => new()
    {
        { "the paper's", Options with { Diversity = DiversityDraw.Shared, Start = AttackStart.Random } },
        {
            "the seed's",
            Options with { MomentumNormalization = MomentumNormalization.None, Smoothing = SmoothingOrder.BeforeMomentum, EnsembleWeights = [0.7, 0.3] }
        },
        {
            "others",
            Options with { MomentumNormalization = MomentumNormalization.MeanAbsolute, Smoothing = SmoothingOrder.Off, Momentum = 0.6, L2Step = 0.3, LinfStep = 3 }
        },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public void The_attack_agrees_with_loops_over_doubles_step_by_step(string name, AttackOptions options)
    {
        TorchRuntime.Prepare();
        var statistics = new ChannelStatistics([0.5f, 0.4f, 0.3f], [0.2f, 0.25f, 0.3f]);
        var networks = Enumerable.Range(1, 2).Select(i => Make((ulong)i)).ToArray();
        ReferenceNetwork[] references = [.. networks.Select(network => new ReferenceNetwork(network, statistics))];
        Surrogate[] surrogates = [.. networks.Select(network => new Surrogate(network, statistics))];
        var weights = options.EnsembleWeights?.ToArray() ?? [0.5, 0.5];
        var batch = new AttackBatch(Patterns.Make(Count, Side), [4, 5, 6], 21);
        using var attack = new EnsembleAttack(surrogates, weights, batch, options, Patterns.Classes);
        var images = Enumerable.Range(0, Count).Select(n => Map(batch.Images.Image(n).ToArray(), level => level / 255.0)).ToArray();
        var linf = new Lane(Split(attack.Perturbation<LinfPart>()), Loops());
        var l2 = new Lane(Split(attack.Perturbation<L2Part>()), Loops());

        for (var iteration = 1; iteration <= options.Iterations; iteration++)
        {
            attack.Iterate(CancellationToken.None);
            for (var n = 0; n < Count; n++)
            {
                linf.Loops[n].Iterate(linf.Deltas[n], linf: true);
                l2.Loops[n].Iterate(l2.Deltas[n], linf: false);
            }

            Differ(linf, attack.Perturbation<LinfPart>()).ShouldBeLessThan(1e-5, $"{name}, l-infinity, iteration {iteration}");
            Differ(l2, attack.Perturbation<L2Part>()).ShouldBeLessThan(1e-5, $"{name}, l2, iteration {iteration}");
        }

        foreach (var surrogate in surrogates)
            surrogate.Dispose();

        ReferenceAttack[] Loops() =>
            [.. images.Select((image, n) => new ReferenceAttack(references, weights, options, batch.RunSeed, image, batch.Images.Labels[n]))];
    }

    private sealed record Lane(double[][,,] Deltas, ReferenceAttack[] Loops);

    private static Network Make(ulong seed)
    {
        var network = new Network(ReferenceNetwork.Architecture, ReferenceNetwork.Classes, new RandomWeights(seed));
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        foreach (var tensor in network.State.Where(tensor => tensor.Name.StartsWith("bn.", StringComparison.Ordinal)))
            tensor.Value.copy_(rand(tensor.Value.shape, generator: new Generator(seed)).Plus(0.5));
        return network;
    }

    private static double Differ(Lane lane, float[] deltas) =>
        Split(deltas).Zip(lane.Deltas).Max(pair => pair.First.Cast<double>().Zip(pair.Second.Cast<double>()).Max(values => Math.Abs(values.First - values.Second)));

    private static double[][,,] Split(float[] deltas) => [.. deltas.Chunk(deltas.Length / Count).Select(delta => Map(delta, value => value))];

    private static double[,,] Map<T>(T[] interleaved, Func<T, double> value)
    {
        var map = new double[3, Side, Side];
        ReferenceNetwork.ForEach(3, Side, Side, (i, y, x) => map[i, y, x] = value(interleaved[(((y * Side) + x) * 3) + i]));
        return map;
    }
}
