using DataCentric.Adversarial.Tests.Support;
using DataCentric.Attacks;

namespace DataCentric.Adversarial.Tests.Attack;

public class EnsembleAttackTests
{
    private static readonly AttackOptions Options = new() { Iterations = 5, LinfStep = 3, L2Step = 0.3, Precision = GradientPrecision.Float32 };

    [Fact]
    public void An_attack_fools_its_surrogates_and_keeps_the_budget()
    {
        var batch = TrainedSurrogates.Batch(12);
        var options = Options with { Iterations = 20 };
        using var ensemble = TrainedSurrogates.Load();

        var result = ensemble.Attack(batch, options, null, CancellationToken.None);

        result.Outcomes.ShouldAllBe(outcome => outcome.TrueLogitAfter < outcome.TrueLogitBefore);
        Right(batch, result.Outcomes, outcome => outcome.PredictionBefore).ShouldBeGreaterThan(10);
        Right(batch, result.Outcomes, outcome => outcome.PredictionAfter).ShouldBeLessThan(2);
        Enumerable.Range(0, 12).All(n => PerturbationBudget.Of(options).Holds(batch.Images.Image(n), Stored(result, n))).ShouldBeTrue();
    }

    [Fact]
    public void The_fast_gradient_method_takes_one_step_of_the_radius_along_the_sign()
    {
        var batch = TrainedSurrogates.Batch(12);
        var options = AttackProfiles.Fgsm.Attack with { L2Epsilon = 0 };
        using var ensemble = TrainedSurrogates.Load();

        var result = ensemble.Attack(batch, options, null, CancellationToken.None);

        var changes = result.Pixels.Zip(batch.Images.Pixels, (stored, clean) => (stored, Change: Math.Abs(stored - clean)));
        changes.ShouldAllBe(pixel => pixel.Change == 8 || pixel.Change == 0 || pixel.stored == 0 || pixel.stored == 255);
        CrossEntropy(ensemble.Logits(result.Pixels), batch).ShouldBeGreaterThan(CrossEntropy(ensemble.Logits(batch.Images.Pixels), batch));
    }

    [Fact]
    public void Outcomes_are_those_of_the_stored_bytes()
    {
        var batch = TrainedSurrogates.Batch();
        using var ensemble = TrainedSurrogates.Load();

        var result = ensemble.Attack(batch, Options, null, CancellationToken.None);

        var (before, after) = (ensemble.Logits(batch.Images.Pixels), ensemble.Logits(result.Pixels));
        for (var n = 0; n < batch.Images.Count; n++)
        {
            var label = (n * Patterns.Classes) + batch.Images.Labels[n];
            result.Outcomes[n].TrueLogitBefore.ShouldBe(before[label]);
            result.Outcomes[n].TrueLogitAfter.ShouldBe(after[label]);
            after[(n * Patterns.Classes) + result.Outcomes[n].PredictionAfter].ShouldBe(after.AsSpan(n * Patterns.Classes, Patterns.Classes).ToArray().Max());
        }
    }

    [Fact]
    public void The_mean_of_each_surrogates_logits_is_that_of_the_ensemble()
    {
        var pixels = TrainedSurrogates.Batch(70).Images.Pixels;
        using var ensemble = TrainedSurrogates.Load();

        var (each, together) = (ensemble.LogitsOfEach(pixels), ensemble.Logits(pixels));

        each.Count.ShouldBe(2);
        each[0].ShouldNotBe(each[1]);
        each[0].Zip(each[1], (first, second) => (first + second) / 2).ShouldBe(together, 1e-4);
    }

    [Fact]
    public void The_same_batch_gives_the_same_bytes_again_and_beside_other_attacks()
    {
        var alone = Run(Options);
        var beside = new byte[4][];
        Parallel.For(0, 4, i => beside[i] = Run(Options));

        beside.ShouldAllBe(pixels => pixels.SequenceEqual(alone));
    }

    public static TheoryData<string, AttackOptions> Switches => new()
    {
        { "iterations", Options with { Iterations = 6 } },
        { "loss", Options with { Loss = AttackLoss.CrossEntropy } },
        { "linf radius", Options with { LinfEpsilon = 7 } },
        { "no linf part", Options with { LinfEpsilon = 0 } },
        { "linf step", Options with { LinfStep = 2 } },
        { "l2 radius", Options with { L2Epsilon = 0.9 } },
        { "no l2 part", Options with { L2Epsilon = 0 } },
        { "l2 step", Options with { L2Step = 0.15 } },
        { "momentum", Options with { Momentum = 0.5 } },
        { "momentum not normalised", Options with { MomentumNormalization = MomentumNormalization.None } },
        { "smoothing before momentum", Options with { Smoothing = SmoothingOrder.BeforeMomentum } },
        { "no smoothing", Options with { Smoothing = SmoothingOrder.Off } },
        { "one shared diversity", Options with { Diversity = DiversityDraw.Shared } },
        { "no diversity", Options with { Diversity = DiversityDraw.Off } },
        { "diversity probability", Options with { DiversityProbability = 0.2 } },
        { "random start", Options with { Start = AttackStart.Random } },
        { "bfloat16", Options with { Precision = GradientPrecision.Bfloat16 } },
        { "truncation", Options with { Quantization = Quantization.Truncate } },
        { "weights", Options with { EnsembleWeights = [0.9, 0.1] } },
    };

    [Theory]
    [MemberData(nameof(Switches))]
    public void Every_switch_changes_the_result(string name, AttackOptions options)
    {
        Run(options).ShouldNotBe(Run(Options), name);
    }

    [Fact]
    public void The_same_batch_gives_the_same_bytes_in_bfloat16_whatever_was_attacked_before()
    {
        var bfloat16 = Options with { Precision = GradientPrecision.Bfloat16 };
        using var ensemble = TrainedSurrogates.Load();

        var first = Pixels(bfloat16);
        var between = Pixels(Options);

        Pixels(bfloat16).ShouldBe(first);
        Pixels(Options).ShouldBe(between);

        byte[] Pixels(AttackOptions options) => ensemble.Attack(TrainedSurrogates.Batch(), options, null, CancellationToken.None).Pixels;
    }

    [Fact]
    public void Mean_absolute_and_l1_normalisation_differ_by_a_factor_that_no_step_sees()
    {
        var l1 = Run(Options);
        var meanAbsolute = Run(Options with { MomentumNormalization = MomentumNormalization.MeanAbsolute });

        Enumerable.Range(0, l1.Length).Count(i => l1[i] != meanAbsolute[i]).ShouldBeLessThan(l1.Length / 100);
    }

    [Fact]
    public void The_run_seed_decides_diversity_and_the_sample_key_the_start()
    {
        var batch = TrainedSurrogates.Batch();
        var otherKeys = batch with { SampleKeys = [.. batch.SampleKeys.Select(key => key + 100)] };
        var random = Options with { Start = AttackStart.Random };

        Run(Options, TrainedSurrogates.Batch(runSeed: 12)).ShouldNotBe(Run(Options, batch));
        Run(Options, otherKeys).ShouldBe(Run(Options, batch));
        Run(random, otherKeys).ShouldNotBe(Run(random, batch));
    }

    [Fact]
    public void Surrogates_without_any_gradient_leave_the_images_as_they_are()
    {
        var batch = TrainedSurrogates.Batch();
        using var ensemble = TrainedSurrogates.Load(BrokenModels.WithClassifier(0));

        ensemble.Attack(batch, Options, null, CancellationToken.None).Pixels.ShouldBe(batch.Images.Pixels);
    }

    [Fact]
    public void Surrogates_whose_logits_are_no_numbers_are_reported_at_once()
    {
        using var ensemble = TrainedSurrogates.Load(TrainedSurrogates.Bytes[0], BrokenModels.WithClassifier(float.NaN));

        Should.Throw<InputException>(() => ensemble.Attack(TrainedSurrogates.Batch(), Options, null, CancellationToken.None))
            .Message.ShouldContain("Surrogate 2");
    }

    [Fact]
    public void Cancellation_stops_within_one_iteration()
    {
        using var source = new CancellationTokenSource();
        using var ensemble = TrainedSurrogates.Load();
        var told = new List<int>();
        var listener = new Listener<int>(done =>
        {
            told.Add(done);
            if (done >= 4)
                source.Cancel();
        });

        Should.Throw<OperationCanceledException>(() => ensemble.Attack(TrainedSurrogates.Batch(), Options, listener, source.Token));

        told.ShouldBe([2, 4]); // both parts count
    }

    [Fact]
    public void Input_that_does_not_fit_is_refused()
    {
        var batch = TrainedSurrogates.Batch();
        using var ensemble = TrainedSurrogates.Load();

        Refusal(batch, Options with { LinfEpsilon = 0, L2Epsilon = 0 }).ShouldContain("both radii are 0");
        Refusal(batch, Options with { EnsembleWeights = [1] }).ShouldContain("expected 2 with sum 1");
        Refusal(batch, Options with { EnsembleWeights = [0.5, 0.4] }).ShouldContain("expected 2 with sum 1");
        Refusal(batch, Options with { Iterations = 0 }).ShouldContain("Iterations");
        Refusal(new(Patterns.Make(2, side: 20), [0, 1], 1), Options).ShouldContain("20x20");
        Refusal(new(new(batch.Images.Shape, batch.Images.Pixels, [0, 1, 2, 3, 0, 0], batch.Images.SourceIds), batch.SampleKeys, 1), Options).ShouldContain("label 3");

        string Refusal(AttackBatch images, AttackOptions options) =>
            Should.Throw<InputException>(() => ensemble.Attack(images, options, null, CancellationToken.None)).Message;
    }

    private static byte[] Run(AttackOptions options) => Run(options, TrainedSurrogates.Batch());

    private static byte[] Run(AttackOptions options, AttackBatch batch)
    {
        using var ensemble = TrainedSurrogates.Load();
        return ensemble.Attack(batch, options, null, CancellationToken.None).Pixels;
    }

    private static int Right(AttackBatch batch, IReadOnlyList<AttackOutcome> outcomes, Func<AttackOutcome, int> prediction) =>
        outcomes.Where((outcome, n) => prediction(outcome) == batch.Images.Labels[n]).Count();

    private static ReadOnlySpan<byte> Stored(AttackResult result, int n) => result.Pixels.AsSpan(n * 768, 768);

    private static double CrossEntropy(float[] logits, AttackBatch batch) => Enumerable.Range(0, batch.Images.Count).Average(n =>
    {
        var own = logits.AsSpan(n * Patterns.Classes, Patterns.Classes).ToArray();
        return Math.Log(own.Sum(logit => Math.Exp(logit))) - own[batch.Images.Labels[n]];
    });
}
