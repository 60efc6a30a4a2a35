using DataCentric.Adversarial.Attack;
using DataCentric.Attacks;
using DataCentric.Images;
using static DataCentric.Adversarial.Tests.Attack.Reference.ReferenceNetwork;

namespace DataCentric.Adversarial.Tests.Attack.Reference;

/// <summary>One perturbation of one image by eq. 0-6, in loops over doubles: slow, and with nothing shared with the library but the draws.</summary>
internal sealed class ReferenceAttack(ReferenceNetwork[] surrogates, double[] weights, AttackOptions options, ulong runSeed, double[,,] clean, int label)
{
    private static readonly double[] Kernel = [.. new[] { -3, -1.5, 0, 1.5, 3 }.Select(t => Math.Exp(-t * t / 2))];

    private readonly int _height = clean.GetLength(1);
    private readonly int _width = clean.GetLength(2);
    private readonly double[,,] _momentum = new double[3, clean.GetLength(1), clean.GetLength(2)];
    private int _iteration;

    /// <summary>One iteration.</summary>
    /// <param name="delta">The perturbation, moved in place.</param>
    /// <param name="linf">Which of the two it is.</param>
    public void Iterate(double[,,] delta, bool linf)
    {
        var gradient = EnsembleGradient(delta);
        if (options.Smoothing == SmoothingOrder.BeforeMomentum)
            gradient = Smooth(gradient);
        var sum = gradient.Cast<double>().Sum(Math.Abs);
        var divisor = options.MomentumNormalization switch
        {
            MomentumNormalization.L1 => sum,
            MomentumNormalization.MeanAbsolute => sum / gradient.Length,
            _ => 1,
        };
        Each((i, y, x) => _momentum[i, y, x] = (options.Momentum * _momentum[i, y, x]) + (gradient[i, y, x] / divisor));
        var direction = options.Smoothing == SmoothingOrder.AfterMomentum ? Smooth(_momentum) : _momentum;
        var length = Norm(direction);
        Each((i, y, x) => delta[i, y, x] += linf
            ? options.LinfStep / 255 * Math.Sign(direction[i, y, x])
            : options.L2Step * direction[i, y, x] / length);
        var norm = Norm(delta);
        Each((i, y, x) => delta[i, y, x] = linf
            ? Math.Clamp(delta[i, y, x], -options.LinfEpsilon / 255.0, options.LinfEpsilon / 255.0)
            : delta[i, y, x] * Math.Min(1, options.L2Epsilon / norm));
        Each((i, y, x) => delta[i, y, x] = Math.Clamp(clean[i, y, x] + delta[i, y, x], 0, 1) - clean[i, y, x]);
        _iteration++;
    }

    private double[,,] EnsembleGradient(double[,,] delta)
    {
        var sum = new double[3, _height, _width];
        for (var f = 0; f < surrogates.Length; f++)
        {
            var draw = (InputDiversity?)InputVariation.Draw(options, runSeed, _iteration, f, 0, new ImageShape(_height, _width))
                ?? new(_height, _width, 0, 0, new(_height, _width));
            var seen = new double[3, draw.Canvas.Height, draw.Canvas.Width];
            Visit((i, y, x, fromY, fromX) => seen[i, y, x] = clean[i, fromY, fromX] + delta[i, fromY, fromX]);
            var gradient = surrogates[f].Gradient(seen, label);
            Visit((i, y, x, fromY, fromX) => sum[i, fromY, fromX] += weights[f] * gradient[i, y, x]);

            void Visit(Action<int, int, int, int, int> visit) => ForEach(3, draw.Height, draw.Width, (i, y, x) =>
                visit(i, y + draw.Top, x + draw.Left, y * _height / draw.Height, x * _width / draw.Width));
        }

        return sum;
    }

    private double[,,] Smooth(double[,,] map)
    {
        var smooth = new double[3, _height, _width];
        var total = Math.Pow(Kernel.Sum(), 2);
        Each((i, y, x) =>
        {
            for (var tap = 0; tap < 25; tap++)
            {
                var (fromY, fromX) = (y + (tap / 5) - 2, x + (tap % 5) - 2);
                if (fromY >= 0 && fromY < _height && fromX >= 0 && fromX < _width)
                    smooth[i, y, x] += Kernel[tap / 5] * Kernel[tap % 5] / total * map[i, fromY, fromX];
            }
        });
        return smooth;
    }

    private void Each(Action<int, int, int> visit) => ForEach(3, _height, _width, visit);

    private static double Norm(double[,,] map) => Math.Sqrt(map.Cast<double>().Sum(value => value * value));
}
