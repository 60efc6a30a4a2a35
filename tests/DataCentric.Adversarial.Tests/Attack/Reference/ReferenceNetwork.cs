using DataCentric.Adversarial.Models;
using DataCentric.Adversarial.Networks;

namespace DataCentric.Adversarial.Tests.Attack.Reference;

/// <summary>A 3x3 convolution, batch norm, ReLU, global mean and a linear layer: loops over doubles, the gradient by hand.</summary>
internal sealed class ReferenceNetwork
{
    public const int Width = 4;
    public const int Classes = 3;
    private const double Epsilon = 1e-5;

    private readonly Dictionary<string, float[]> _state;
    private readonly ChannelStatistics _statistics;

    public ReferenceNetwork(Network network, ChannelStatistics statistics)
    {
        _state = network.State.ToDictionary(tensor => tensor.Name, tensor => tensor.Value.detach().contiguous().data<float>().ToArray());
        _statistics = statistics;
    }

    /// <summary>The same network for the library.</summary>
    public static Architecture Architecture { get; } = new("reference", (builder, classes) =>
    {
        var convolution = builder.Join(builder.Convolution("conv", 3, Width, 3), builder.Normalization("bn", Width));
        var linear = builder.Linear("linear", Width, classes);
        return x => linear.ForwardPooled(convolution.Forward(x));
    });

    /// <summary>Gradient of J = -z_y with respect to the pixels of one image.</summary>
    /// <param name="pixels">[channel, row, column] in [0, 1].</param>
    /// <param name="label">The class, y.</param>
    public double[,,] Gradient(double[,,] pixels, int label)
    {
        var (height, width) = (pixels.GetLength(1), pixels.GetLength(2));
        var normalized = new double[3, height, width];
        ForEach(3, height, width, (i, y, x) => normalized[i, y, x] = (pixels[i, y, x] - _statistics.Mean[i]) / _statistics.Deviation[i]);
        var gradient = new double[3, height, width];
        ForEach(Width, height, width, (o, y, x) =>
        {
            var sum = 0.0;
            Taps(height, width, y, x, (i, fromY, fromX, tap) => sum += Weight(o, i, tap) * normalized[i, fromY, fromX]);
            var (factor, offset) = Affine(o);
            if ((factor * sum) + offset <= 0)
                return;
            var back = -_state["linear.weight"][(label * Width) + o] / (height * width) * factor;
            Taps(height, width, y, x, (i, fromY, fromX, tap) => gradient[i, fromY, fromX] += Weight(o, i, tap) * back / _statistics.Deviation[i]);
        });
        return gradient;
    }

    /// <summary>Visits a map.</summary>
    public static void ForEach(int channels, int height, int width, Action<int, int, int> visit)
    {
        for (var i = 0; i < channels * height * width; i++)
            visit(i / (height * width), i / width % height, i % width);
    }

    private (double Factor, double Offset) Affine(int o)
    {
        var factor = _state["bn.weight"][o] / Math.Sqrt(_state["bn.running_var"][o] + Epsilon);
        return (factor, _state["bn.bias"][o] - (_state["bn.running_mean"][o] * factor));
    }

    private double Weight(int o, int i, int tap) => _state["conv.weight"][(((o * 3) + i) * 9) + tap];

    private static void Taps(int height, int width, int y, int x, Action<int, int, int, int> visit)
    {
        for (var tap = 0; tap < 9; tap++)
        {
            var (fromY, fromX) = (y + (tap / 3) - 1, x + (tap % 3) - 1);
            for (var i = 0; i < 3 && fromY >= 0 && fromY < height && fromX >= 0 && fromX < width; i++)
                visit(i, fromY, fromX, tap);
        }
    }
}
