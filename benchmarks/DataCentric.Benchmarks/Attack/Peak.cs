using DataCentric.Adversarial.Runtime;
using static TorchSharp.torch;

namespace DataCentric.Benchmarks.Attack;

/// <summary>Best speeds of one core in GFLOP/s: a product of matrices of side 1024, and a 3x3 convolution of 256 channels, channels-last.</summary>
internal sealed record Peak((double Matrix, double Convolution) Float32, (double Matrix, double Convolution) Bfloat16)
{
    private const double Seconds = 1;

    public (double Matrix, double Convolution) For(bool bfloat16) => bfloat16 ? Bfloat16 : Float32;

    public static Peak Measure()
    {
        TorchRuntime.Prepare();
        return new(Of(ScalarType.Float32), Of(ScalarType.BFloat16));
    }

    public override string ToString() =>
        $"matrix product {Float32.Matrix:F0} float32, {Bfloat16.Matrix:F0} bfloat16; convolution {Float32.Convolution:F0} float32, {Bfloat16.Convolution:F0} bfloat16";

    private static (double Matrix, double Convolution) Of(ScalarType format)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        const int side = 1024, channels = 256, map = 16, images = 16;
        var (a, b) = (rand(side, side).to(format), rand(side, side).to(format));
        var x = rand(images, map, map, channels).permute(0, 3, 1, 2).to(format);
        var weight = rand(channels, 3, 3, channels).permute(0, 3, 1, 2).to(format);
        return (
            Rate(2.0 * side * side * side, () => a.matmul(b)),
            Rate(2.0 * images * map * map * 9 * channels * channels, () => nn.functional.conv2d(x, weight, padding: [1, 1])));
    }

    private static double Rate(double work, Func<Tensor> compute)
    {
        compute().Dispose();
        var best = 0.0;
        for (var round = 0; round < 3; round++)
        {
            var clock = new Clock();
            var done = 0;
            for (; clock.WallSeconds < Seconds / 3; done++)
                compute().Dispose();
            best = Math.Max(best, done * work / clock.ProcessorSeconds / 1e9);
        }

        return best;
    }
}
