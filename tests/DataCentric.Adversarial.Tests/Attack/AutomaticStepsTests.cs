using DataCentric.Adversarial.Attack;
using DataCentric.Adversarial.Models;
using DataCentric.Adversarial.Tests.Support;
using DataCentric.Attacks;
using static TorchSharp.torch;

namespace DataCentric.Adversarial.Tests.Attack;

/// <summary>Auto-PGD on losses -sum_i a_i (d_i - t_i)^2 with far and near targets t, beside the same algorithm in loops over doubles.</summary>
public class AutomaticStepsTests
{
    private const int Iterations = 60;
    private const int Compared = 50; // then gradients are so near to zero that a float's sign is chance
    private static readonly AttackOptions Options = new() { StepRule = StepRule.Apgd, LinfEpsilon = 12, L2Epsilon = 0.7 };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Each_step_is_that_of_loops_over_doubles(bool isLinf)
    {
        using var scope = NewDisposeScope();
        var batch = TrainedSurrogates.Batch(3);
        var clean = Pixels.ToTensor(batch.Images.Pixels, batch.Images.Shape);
        PerturbationPart part = isLinf ? new LinfPart(clean, Options, batch) : new L2Part(clean, Options, batch);
        using var steps = new AutomaticSteps(part, Iterations);
        var pixels = clean.reshape(3, -1);
        var loops = Enumerable.Range(0, 3).Select(n => new Loops(isLinf, part.Radius, [.. pixels[n].data<float>().Select(value => (double)value)], n)).ToArray();

        for (var iteration = 0; iteration < Compared; iteration++)
        {
            var deltas = Rows(part.Value);
            var direction = tensor(deltas.SelectMany((delta, n) => loops[n].Gradient(delta).Select(value => (float)value)).ToArray()).reshape(part.Value.shape);
            steps.Step(direction, tensor(deltas.Select((delta, n) => (float)loops[n].Loss(delta)).ToArray()));
            for (var n = 0; n < 3; n++)
            {
                loops[n].Step();
                Differ(Rows(part.Value)[n], loops[n].Value).ShouldBeLessThan(1e-4, $"sample {n}, step {iteration}");
                Differ(Rows(steps.Best)[n], loops[n].Best).ShouldBeLessThan(1e-4, $"best of sample {n}, step {iteration}");
            }
        }

        loops.ShouldAllBe(loop => loop.Halvings > 0 && loop.Loss(loop.Best) > loop.FirstLoss);
        if (!isLinf)
            loops.Select(loop => loop.Halvings).Distinct().Count().ShouldBeGreaterThan(1, "The samples halve their steps together: nothing shows that they do so each by itself.");
    }

    private static double[][] Rows(Tensor value) => [.. Enumerable.Range(0, (int)value.shape[0]).Select(n => value[n].reshape(-1).data<float>().Select(v => (double)v).ToArray())];

    private static double Differ(double[] left, double[] right) => left.Zip(right).Max(pair => Math.Abs(pair.First - pair.Second));

    private sealed class Loops(bool isLinf, double radius, double[] clean, int sample)
    {
        private readonly List<double> _losses = [];
        private double _size = 2 * radius;
        private double[] _before = new double[clean.Length];
        private double _best;
        private double _bestThen;
        private bool _halvedThen = true;
        private int _period = 13; // 22 % of 60
        private int _since;

        public double[] Value { get; private set; } = new double[clean.Length];

        public double[] Best { get; private set; } = new double[clean.Length];

        public int Halvings { get; private set; }

        public double FirstLoss => _losses[0];

        public double Loss(double[] delta) => -delta.Select((d, i) => Weight(i) * Math.Pow(d - Target(i), 2)).Sum();

        public double[] Gradient(double[] delta) => [.. delta.Select((d, i) => -2 * Weight(i) * (d - Target(i)))];

        private static double Weight(int i) => 1 + ((i * 7) % 5);

        public void Step()
        {
            var (loss, gradient) = (Loss(Value), Gradient(Value));
            if (_losses.Count == 0 || loss > _best)
                (_best, Best) = (loss, Value);
            _losses.Add(loss);
            if (_losses.Count == 1)
                _bestThen = loss;
            else if (++_since == _period)
                gradient = Check(gradient);

            var share = _losses.Count == 1 ? 1 : 0.75;
            var length = isLinf ? 1 : Math.Sqrt(gradient.Sum(g => g * g));
            var target = Inside([.. Value.Select((d, i) => d + (_size * (isLinf ? Math.Sign(gradient[i]) : gradient[i] / length)))]);
            var moved = Inside([.. Value.Select((d, i) => d + (share * (target[i] - d)) + ((1 - share) * (d - _before[i])))]);
            (_before, Value) = (Value, moved);
        }

        private double[] Check(double[] gradient)
        {
            var growths = Enumerable.Range(_losses.Count - _period, _period).Count(i => _losses[i] > _losses[i - 1]);
            var halves = growths <= 0.75 * _period || (!_halvedThen && _bestThen >= _best);
            (_halvedThen, _bestThen, _since, _period) = (halves, _best, 0, Math.Max(_period - 1, 3)); // 3 % and 6 % of 60
            if (!halves)
                return gradient;
            _size /= 2;
            Halvings++;
            Value = Best;
            return Gradient(Best);
        }

        private double[] Inside(double[] moved)
        {
            var norm = Math.Sqrt(moved.Sum(d => d * d));
            return [.. moved.Select((d, i) => Math.Clamp(clean[i] + (isLinf ? Math.Clamp(d, -radius, radius) : d * Math.Min(1, radius / norm)), 0, 1) - clean[i])];
        }

        private double Target(int i) => radius * Math.Sin((i * 1.3) + sample) * (isLinf ? 0.5 * Math.Pow(1 + sample, sample) : 0.02 * (1 + sample));
    }
}
