using System.Globalization;
using DataCentric.Adversarial.Attack;
using DataCentric.Adversarial.Models;
using DataCentric.Adversarial.Networks;
using DataCentric.Adversarial.Runtime;
using DataCentric.Attacks;
using DataCentric.Benchmarks.Plain;
using TorchSharp;

namespace DataCentric.Benchmarks.Attack;

/// <summary>One of the two processes: says what it is, then for each line with a number of seconds runs that long and tells its rate.</summary>
internal static class IterationSide
{
    private const int Classes = 10;

    public static void Serve(string side, Arguments given)
    {
        var architectures = given.Required("--networks").Split('+');
        var batch = given.Number("--batch", 32);
        var diversity = given.Number("--diversity", 1);
        var (iterate, parameters, format) = side == "plain" ? Plain(architectures, batch, diversity) : Ours(architectures, batch, diversity, given);
        iterate();
        Console.WriteLine($"{parameters} {format}");
        while (Console.ReadLine() is { } line)
        {
            var clock = new Clock();
            var done = 0;
            do
            {
                iterate();
                done++;
            }
            while (clock.WallSeconds < int.Parse(line, CultureInfo.InvariantCulture));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done * batch / clock.ProcessorSeconds:R} {Environment.WorkingSet >> 20}"));
        }
    }

    private static (Action Iterate, long Parameters, string Format) Plain(string[] architectures, int batch, double diversity)
    {
        torch.set_num_threads(1);
        var attack = new PlainAttack(architectures, batch, diversity, Classes);
        return (attack.Iterate, attack.Parameters, "Float32");
    }

    private static (Action Iterate, long Parameters, string Format) Ours(string[] architectures, int batch, double diversity, Arguments given)
    {
        TorchRuntime.Prepare();
        var precision = Enum.Parse<GradientPrecision>(given.Text("--precision") ?? "auto", ignoreCase: true);
        var options = AttackProfiles.PaperCode.Attack with { L2Epsilon = 0, DiversityProbability = diversity, EnsembleWeights = null, Precision = precision };
        var networks = architectures.Select(name => new Network(Adversarial.Networks.Architectures.Get(name), Classes, new RandomWeights(1))).ToArray();
        var surrogates = networks.Select(network => new Surrogate(network, new([0.4914f, 0.4822f, 0.4465f], [0.2023f, 0.1994f, 0.2010f]))).ToArray();
        var weights = architectures.Select(_ => 1.0 / architectures.Length).ToArray();
        var images = Sets.Noise(batch, new(32, 32), Classes);
        var attack = new EnsembleAttack(surrogates, weights, new(images, [.. Enumerable.Range(0, batch).Select(n => (ulong)n)], 1), options, Classes);
        return (() => attack.Iterate(CancellationToken.None), networks.Sum(network => network.ParameterCount), surrogates[0].FormatFor(precision).ToString());
    }
}
