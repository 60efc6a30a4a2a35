using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Evaluation.TestSets;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Storage;
using DataCentric.Pipeline.Tests.Storage;

namespace DataCentric.Pipeline.Tests.Evaluation;

public sealed class TestSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _raw;
    private readonly string _test;

    public TestSetTests()
    {
        _raw = ScoringData.Write(_folder["raw"], ScoringData.Make(40, 1));
        _test = ScoringData.Write(_folder["test"], ScoringData.Make(200, 2));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_part_holds_every_test_image_once_and_groups_have_equal_shares()
    {
        var record = await MakeAsync(new());
        var set = await TestSet.ReadAsync(new FolderStore(_folder["p"]), CancellationToken.None);

        record.Count.ShouldBe(200);
        record.Attacks.ShouldBe(new Dictionary<string, int> { ["bsr"] = 66, ["compact"] = 67, ["pgd"] = 67 }, ignoreOrder: true);
        var severities = set.Parts["cor"].Entries.GroupBy(entry => (entry.Kind, entry.Severity)).ToArray();
        set.Parts["cor"].Entries.Count(entry => entry.Unseen).ShouldBe(100);
        severities.Where(group => group.First().Unseen).ShouldAllBe(group => group.Count() == 2); // 10 kinds at 5 severities
        severities.Where(group => !group.First().Unseen).ShouldAllBe(group => group.Count() == 1 || group.Count() == 2); // 19
        severities.Length.ShouldBe(50 + 95);
        severities.ShouldAllBe(group => group.Select(entry => entry.Unseen).Distinct().Count() == 1);
        var clean = ScoringData.Make(200, 2);
        set.Parts["ori"].Images.Pixels.ShouldBe(clean.Pixels);
        foreach (var part in set.Parts.Values)
            part.Images.Labels.ShouldBe(clean.Labels);
        set.Parts["adv"].Images.Image(0)[0].ShouldBe(ScoringData.AttackMark);
        set.Parts["cor"].Images.Pixels.ShouldNotBe(clean.Pixels);
    }

    // Records from before there were unseen corruptions do not name them.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whether_there_are_unseen_corruptions_is_read_back(bool unseen)
    {
        await MakeAsync(new() { UnseenCorruptions = unseen });

        (await TestSet.ReadAsync(new FolderStore(_folder["p"]), CancellationToken.None)).Record.Options.UnseenCorruptions.ShouldBe(unseen);
    }

    [Fact]
    public async Task Without_unseen_corruptions_each_kind_of_CIFAR_10_C_has_an_equal_share_at_each_severity()
    {
        await MakeAsync(new() { UnseenCorruptions = false });
        var groups = (await TestSet.ReadAsync(new FolderStore(_folder["p"]), CancellationToken.None)).Parts["cor"].Entries.GroupBy(entry => (entry.Kind, entry.Severity)).ToArray();

        groups.Length.ShouldBe(95);
        groups.ShouldAllBe(group => group.Count() == 2 || group.Count() == 3);
    }

    [Fact]
    public async Task Constants_of_the_corruptions_go_by_the_size_of_the_images_unless_they_are_named()
    {
        var byItself = await MakeAsync(new(), folder: "auto");
        var named = await MakeAsync(new() { Corruptions = TestCorruptions.Cifar }, folder: "cifar");
        var other = await MakeAsync(new() { Corruptions = TestCorruptions.Imagenet }, folder: "imagenet");

        (byItself.Options.CorruptionSet, named.Options.CorruptionSet, other.Options.CorruptionSet).ShouldBe(("cifar", "cifar", "imagenet"));
        (named.Identity, named.Sha256).ShouldBe((byItself.Identity, byItself.Sha256)); // that of test sets from before there was a choice
        other.Identity.ShouldNotBe(named.Identity);
        other.Kinds.ShouldBe(named.Kinds, ignoreOrder: true);
        (await File.ReadAllBytesAsync(_folder["imagenet/cor/data.npy"])).ShouldNotBe(await File.ReadAllBytesAsync(_folder["cifar/cor/data.npy"]));
        (await File.ReadAllBytesAsync(_folder["imagenet/adv/data.npy"])).ShouldBe(await File.ReadAllBytesAsync(_folder["cifar/adv/data.npy"]));
        (await File.ReadAllTextAsync(_folder["imagenet/testset.json"])).ShouldContain("\"corruptions\": \"imagenet\"");
        (await File.ReadAllTextAsync(_folder["auto/testset.json"])).ShouldNotContain("\"corruptions\"");
    }

    [Theory]
    [InlineData(TestCorruptions.Auto, 63, 300, "cifar")]
    [InlineData(TestCorruptions.Auto, 64, 64, "imagenet")]
    [InlineData(TestCorruptions.Cifar, 224, 224, "cifar")]
    [InlineData(TestCorruptions.Imagenet, 32, 32, "imagenet")]
    public void From_64_pixels_on_the_constants_are_those_of_ImageNet_C(TestCorruptions chosen, int height, int width, string set) =>
        new TestSetOptions { Corruptions = chosen }.For(new(height, width)).CorruptionSet.ShouldBe(set);

    [Fact]
    public async Task How_far_attackers_and_a_network_of_the_raw_set_fall_is_measured()
    {
        var strength = (await MakeAsync(new())).Strength!;

        strength.Attackers.Select(attacker => attacker.Architecture).ShouldBe(["one", "two"]);
        strength.Attackers.ShouldAllBe(attacker => attacker.Clean == 100 && attacker.Attacked == 25); // the brightest class cannot be moved up
        strength.Raw.ShouldBe(new NetworkStrength("two", 100, 25));
        strength.RawByAttack.Keys.ShouldBe(["bsr", "compact", "pgd"]);
        strength.Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(80, 30, 80, null)]
    [InlineData(80, 41, 80, "The attacked images are weak: c, trained on the raw set, is right on 41.0 % of them and on 80.0 % of the clean ones.")]
    [InlineData(80, 30, 77, "No attacker is as good as the networks that it attacks: at most 77.0 % of the clean images, where c, trained on the raw set, has 80.0 %.")]
    public void Weak_test_sets_are_told(double rawClean, double rawAttacked, double attackerClean, string? warning)
    {
        var strength = new AttackStrength { Attackers = [new("a", 10, 0), new("b", attackerClean, 0)], Raw = new("c", rawClean, rawAttacked) };

        string.Concat(strength.Warnings).ShouldStartWith(warning ?? "");
        strength.Warnings.Count.ShouldBe(warning is null ? 0 : 1);
        (strength with { Raw = null }).Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void The_attack_of_the_papers_code_is_kept_under_the_name_that_records_have_always_had()
    {
        new TestSetOptions { Attacks = ["paper-code", "pgd"] }.Validated().Attacks.ShouldBe(["seed", "pgd"]);
        Should.Throw<InputException>(() => new TestSetOptions { Attacks = ["paper-code", "seed"] }.Validated()).Message.ShouldContain("once");
    }

    [Fact]
    public async Task A_finished_set_is_used_again_and_other_options_are_refused()
    {
        var first = await MakeAsync(new());
        var adversary = new FakeTrainer();

        (await MakeAsync(new(), adversary)).Sha256.ShouldBe(first.Sha256);

        adversary.Trainings.ShouldBe(0);
        (await Should.ThrowAsync<InputException>(() => MakeAsync(new() { Seed = 3 }))).Message.ShouldContain("other options");
    }

    [Theory]
    [InlineData(3)] // in the third training
    [InlineData(5)] // in the fifth batch
    public async Task A_stopped_set_ends_with_the_same_bytes_for_any_number_of_workers(int failAt)
    {
        var whole = await MakeAsync(new(), folder: "whole");
        await Should.ThrowAsync<OperationCanceledException>(() => MakeAsync(new(), new() { FailAt = failAt }, "p", workers: 3));

        (await MakeAsync(new(), folder: "p", workers: 2)).Sha256.ShouldBe(whole.Sha256);
        Directory.GetFiles(_folder["p"], "*.bin", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_killed_runs_left_unfinished_goes_with_the_next_one_whatever_test_sets_it_makes()
    {
        await Should.ThrowAsync<OperationCanceledException>(() => MakeAsync(new() { Seed = 3 }, new() { FailAt = 5 }));
        Unfinished().ShouldNotBeEmpty();
        await MakeAsync(new());
        Unfinished().ShouldBeEmpty();
        Directory.CreateDirectory(_folder["p/work/0123"]);
        await File.WriteAllBytesAsync(_folder["p/work/0123/pgd-00000.bin"], [1]); // killed between the record and the end

        await MakeAsync(new());

        Unfinished().ShouldBeEmpty();

        string[] Unfinished() => Directory.GetFiles(_folder["p"], "*.bin", SearchOption.AllDirectories);
    }

    [Fact]
    public async Task Test_images_in_the_training_data_stop_the_run_unless_it_is_said_what_to_do()
    {
        var leaked = ScoringData.Make(40, 1);
        ScoringData.Make(200, 2).Image(7).CopyTo(leaked.Image(3));
        ScoringData.Write(_raw, leaked);

        (await Should.ThrowAsync<InputException>(() => MakeAsync(new()))).Message.ShouldContain("data.npy#7 = ");
        (await MakeAsync(new() { Leaks = LeakPolicy.Drop }, folder: "drop")).ShouldSatisfyAllConditions(
            record => record.Count.ShouldBe(199), record => record.Leaks.Dropped.ShouldBe(1), record => record.Leaks.Exact.ShouldBe(1));
        (await MakeAsync(new() { Leaks = LeakPolicy.Allow }, folder: "allow")).Count.ShouldBe(200);
        (await MakeAsync(new() { Protocol = TestProtocol.Paper }, folder: "paper")).Leaks.Exact.ShouldBe(1);
    }

    [Fact]
    public async Task A_file_that_was_changed_is_named()
    {
        await MakeAsync(new());
        var path = _folder["p/adv/data.npy"];
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);

        (await Should.ThrowAsync<InputException>(() => TestSet.ReadAsync(new FolderStore(_folder["p"]), CancellationToken.None)))
            .Message.ShouldContain("adv/data.npy is not the file that was written");
    }

    [Fact]
    public async Task Training_data_of_other_classes_are_refused()
    {
        ScoringData.Write(_raw, ScoringData.Make(40, 1, classes: 3), classes: 3);

        (await Should.ThrowAsync<InputException>(() => MakeAsync(new()))).Message.ShouldContain("labels do not match");
    }

    // bsr averages over 20 copies of each image, so it takes 20 times as long.
    [Fact]
    public async Task What_is_left_of_the_attacked_part_is_told_by_what_each_attack_costs()
    {
        var watched = new Watched();

        await MakeAsync(new() { Attacks = ["pgd", "bsr"] }, workers: 1, observer: watched);

        var done = watched.Seen.Where(progress => progress.Item == "adv").ToArray();
        done.Select(progress => progress.Total).ShouldAllBe(total => total == (100 * 20) + (100 * 20 * 20));
        done.Select(progress => progress.Done).ShouldBe([640, 1280, 1920, 2000, 14_800, 27_600, 40_400, 42_000]);
    }

    private Task<TestSetRecord> MakeAsync(
        TestSetOptions options, FakeTrainer? adversary = null, string folder = "p", int workers = 2, IActivityObserver? observer = null)
    {
        var request = new TestSetRequest(_test, [_raw], options with { Attackers = options.Attackers with { Architectures = ["one", "two"] }, RawNetwork = "two" });
        return new TestSetBuilder(new FolderStore(_folder[folder]), new LocalDatasetLocator(), adversary ?? new(), observer ?? new NullActivityObserver())
            .MakeAsync(request, workers, CancellationToken.None);
    }

    private sealed class Watched : IActivityObserver
    {
        public List<ActivityProgress> Seen { get; } = [];

        public void Report(ActivityProgress progress)
        {
            lock (Seen)
                Seen.Add(progress);
        }
    }
}
