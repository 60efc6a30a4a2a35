using DataCentric.Adversarial.Networks;
using DataCentric.Adversarial.Runtime;
using static TorchSharp.torch;

namespace DataCentric.Adversarial.Tests.Networks;

/// <summary>The full-size networks compute what the published PyTorch code computes with the same weights.</summary>
public class ReferenceNetworkTests
{
    [Theory] // Fixtures/reference_logits.py, run with PyTorch 1.13
    [InlineData("resnet18", new[] { 0.025366, 3.01867, -0.76997, -22.3374, 3.95509, -35.07, -2.30666, -36.4598, -22.5864, -7.33326 })]
    [InlineData("resnet50", new[] { -168.396, -2698.83, 3310.31, -1802.05, -1483.27, -1647.58, -5271.24, 12624.3, -905.141, 3580.93 })]
    [InlineData("preactresnet18", new[] { -19.338, -3.20498, -13.0281, -12.7596, 23.0264, -29.3352, -15.102, -9.0441, -5.70281, 20.6762 })]
    [InlineData("wrn_28_4", new[] { 48.1191, 68.4364, -2.48836, -97.0297, -87.2702, 8.11935, 0.632301, 33.8174, -101.998, 25.186 })]
    [InlineData("wrn_28_10", new[] { 92.9831, 55.4165, -51.1729, 16.4009, -4.90657, 74.082, 21.4481, -35.9805, -33.0161, 49.8645 })]
    [InlineData("wrn_34_10", new[] { 523.381, -15.08, -123.7, 50.6492, -10.8287, 315.493, -55.9337, -202.298, -376.884, 47.6069 })]
    [InlineData("densenet121", new[] { -1.59155, 3.36309, 1.28419, -1.94079, -0.510594, 0.150449, 0.539534, 0.57943, -0.117553, 1.06624 })]
    [InlineData("densenet121_k12", new[] { -0.185191, 3.18848, -1.08146, 2.78283, 2.6155, 0.848451, 2.212, 0.801704, 1.75592, -3.82826 })]
    [InlineData("vgg16_bn", new[] { 1.97105, -1.1476, -5.12473, 0.344331, -1.9904, -1.11495, 0.140514, -1.19961, 1.83172, 1.4539 })]
    [InlineData("mobilenet_v2", new[] { 50295.4, 57641.2, -20948.4, -6789.75, 10571.3, -2190.25, -46759.1, 46228.5, 30127.9, 294.006 })]
    public void Logits_are_those_of_the_published_code(string name, double[] expected)
    {
        TorchRuntime.Prepare();
        using var scope = NewDisposeScope();
        using var network = new Network(Architectures.Get(name), expected.Length, new FormulaWeights());
        var image = tensor(FormulaWeights.Uniform("image", 3 * 32 * 32).Select(value => (float)value).ToArray(), [1, 3, 32, 32]);
        var scale = expected.Max(Math.Abs);

        foreach (var phase in new[] { Phase.Evaluation, Phase.Frozen })
        {
            network.Enter(phase);
            var logits = network.Forward(image).contiguous().data<float>().ToArray();
            logits.Zip(expected, (own, published) => Math.Abs(own - published) / scale).Max().ShouldBeLessThan(1e-4, $"{phase}");
        }
    }

    /// <summary>Weights as a formula of name and position: a hash, scaled as training would start, with statistics that matter.</summary>
    private sealed class FormulaWeights : IWeightSource
    {
        public float[] Take(string name, long[] shape, Initial initial)
        {
            var values = Uniform(name, (int)shape.Aggregate(1L, (product, side) => product * side));
            var deviation = Math.Sqrt(6.0 * shape[0] / values.Length);
            var isOffset = name.EndsWith("bias", StringComparison.Ordinal) || name.EndsWith("running_mean", StringComparison.Ordinal);
            return [.. values.Select(u => (float)(shape.Length > 1 ? u * deviation : isOffset ? 0.1 * u : 1 + (0.5 * u)))];
        }

        public static double[] Uniform(string name, int count)
        {
            var key = name.Aggregate(0u, (sum, letter) => (sum * 31) + letter);
            var values = new double[count];
            for (var i = 0; i < count; i++)
            {
                var x = ((uint)i * 2654435761u) + key;
                x = (x ^ (x >> 16)) * 0x7FEB352D;
                x = (x ^ (x >> 15)) * 0x846CA68B;
                values[i] = ((x ^ (x >> 16)) / 2147483648.0) - 1;
            }

            return values;
        }
    }
}
