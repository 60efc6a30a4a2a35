using System.Globalization;
using DataCentric.Adversarial;

namespace DataCentric.Benchmarks.Attack;

/// <summary>
/// One iteration of the l-infinity attack: the published loop as plain TorchSharp, against this library's, in image-iterations per
/// processor second of one core: <c>iteration [--architectures a,b+c] [--batch 32] [--diversity 1] [--rounds 5] [--seconds 4]
/// [--precision auto]</c>; "+" joins networks to an ensemble. Each side runs in a process of its own, because one process has one way to
/// keep memory, and the two take turns; medians are compared. A plain loop that ends with a signal is reported as such.
/// </summary>
internal static class IterationBenchmark
{
    private const string PaperEnsemble = "resnet50+wrn_28_10+densenet121_k12+vgg16_bn+mobilenet_v2";

    public static void Run(string[] args)
    {
        var given = new Arguments(args);
        if (given.Text("--side") is { } side)
        {
            IterationSide.Serve(side, given);
            return;
        }

        var rounds = given.Number("--rounds", 5);
        var seconds = given.Number("--seconds", 4);
        var peaks = Peak.Measure();
        Console.WriteLine(new TorchAdversary().Device);
        Console.WriteLine($"one core, GFLOP/s: {peaks}");
        Console.WriteLine($"{"networks",-58} {"batch",5} {"plain",8} {"here",8} {"ratio",6} {"GFLOP/s",8} {"of matrix",9} {"of 3x3",7} {"MiB, first and last round",26}");
        foreach (var networks in (given.Text("--architectures") ?? $"resnet20,resnet50,wrn_28_4,densenet121_k12,vgg16_bn,mobilenet_v2,{PaperEnsemble}").Split(','))
        {
            using var plain = new IterationProcess("plain", networks, given);
            using var ours = new IterationProcess("ours", networks, given);
            var (plainRates, rates) = (new List<double>(), new List<double>());
            for (var round = 0; round < rounds; round++)
            {
                plainRates.Add(plain.Rate(seconds));
                rates.Add(ours.Rate(seconds));
            }

            var (before, after) = (Median(plainRates), Median(rates));
            var speed = after * Work.PerImage(networks.Split('+'), given.Number("--diversity", 1) == 1) / 1e9;
            var peak = peaks.For(ours.IsBfloat16);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{networks,-58} {ours.Batch,5} {before,8:F1} {after,8:F1} {after / before,6:F1} {speed,8:F0} {speed / peak.Matrix,9:P0} {speed / peak.Convolution,7:P0} {ours.Mebibytes.First(),20} {ours.Mebibytes.Last(),5}")
                + (plain.HasEnded ? "  plain loop: ended by a signal" : ""));
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
