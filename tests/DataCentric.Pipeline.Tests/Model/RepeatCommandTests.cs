using DataCentric.Attacks;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Tests.Documents;

namespace DataCentric.Pipeline.Tests.Model;

public sealed class RepeatCommandTests
{
    private static readonly EnhancementRequest Default = EnhancementProfiles.Recommended.Request("x", "sets/a");

    private static readonly EnhancementRequest FineTuned =
        EnhancementProfiles.Recommended.Request("x", "sets/a", isFineTuned: true) with { SurrogateInit = [ImportedModel.NameOf(SomeRun.Hash)] };

    public static TheoryData<string, EnhancementRequest> Requests => new()
    {
        { "datacentric enhance --dataset sets/a --out enhanced", Default },
        { "datacentric enhance --dataset sets/a --profile compact --out enhanced", With(AttackProfiles.Compact) },
        { "datacentric enhance --dataset sets/a --profile paper --out enhanced", With(AttackProfiles.Paper) },
        { "datacentric enhance --dataset sets/a --profile paper-code --iterations 5 --out enhanced", With(AttackProfiles.PaperCode, iterations: 5) },
        {
            "datacentric enhance --dataset sets/a --split 1:1:3 --seed 7 --limit 100 --start random --license MIT --data-version 2.0.0 --out enhanced",
            Default with { Seed = 7, Split = new Split(1, 1, 3), Limit = 100, Attack = Default.Attack with { Start = AttackStart.Random }, License = "MIT", DataVersion = "2.0.0" }
        },
        {
            "datacentric enhance --dataset sets/a --selection entropy --loss cross-entropy --out enhanced",
            Default with { Selection = SelectionRule.Entropy, Attack = Default.Attack with { Loss = AttackLoss.CrossEntropy } }
        },
        {
            "datacentric enhance --dataset sets/a --score P --score-arch one,two --score-seeds 1,2 --score-epochs 3 --out enhanced",
            Default with { Score = new ScoringRequest { Test = "P", Architectures = ["one", "two"], Seeds = [1, 2], Epochs = 3 } }
        },
        { "datacentric enhance --dataset sets/a --score P --out enhanced", Default with { Score = new ScoringRequest { Test = "P" } } },
        {
            $"datacentric enhance --dataset sets/a --surrogate-epochs 5 --surrogate-init brought-{SomeRun.Hash}.safetensors --out enhanced",
            FineTuned with { Surrogates = FineTuned.Surrogates with { Epochs = 5, MinimumSteps = 0 } }
        },
        { $"datacentric enhance --dataset sets/a --surrogate-init brought-{SomeRun.Hash}.safetensors --out enhanced", FineTuned },
        {
            "datacentric enhance --dataset 'it'\\''s a set' --corruptions paper14 --kinds fog,rain --severity 3 --mix paper-code --out enhanced",
            Default with { Dataset = "it's a set", Corruptions = new CorruptionRequest { Kinds = ["fog", "rain"], Severity = 3, Mix = "seed" } }
        },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public void It_names_what_differs_from_the_defaults_and_nothing_else(string command, EnhancementRequest request) => RepeatCommand.Of(request).ShouldBe(command);

    [Theory]
    [MemberData(nameof(Requests))]
    public void The_choices_of_a_request_make_that_request(string command, EnhancementRequest request)
    {
        command.ShouldNotBeEmpty();
        RequestIdentity.Of(EnhancementChoices.Of(request).ToRequest("x")).ShouldBe(RequestIdentity.Of(request));
    }

    [Fact]
    public void Options_of_a_training_that_is_not_done_are_left_out_and_networks_are_named_as_files()
    {
        var brought = Default with { SurrogateModels = [ImportedModel.NameOf(SomeRun.Hash)], HeldOut = "models/held-out-0123.safetensors" };

        RepeatCommand.Of(brought).ShouldBe($"datacentric enhance --dataset sets/a --surrogate-models brought-{SomeRun.Hash}.safetensors --held-out held-out-0123.safetensors --out enhanced");
        RepeatCommand.ModelsOf(brought).ShouldBe([$"brought-{SomeRun.Hash}.safetensors", "held-out-0123.safetensors"]);
    }

    [Fact]
    public void Folders_of_the_machine_are_not_told()
    {
        var local = Default with { Dataset = "/home/somebody/sets/a", Score = new ScoringRequest { Test = "/home/somebody/tests" } };

        RepeatCommand.Of(local).ShouldBe("datacentric enhance --dataset a --score tests --out enhanced");
        RepeatCommand.Of(Default with { Dataset = "https://account.blob.core.windows.net/datasets/a" }).ShouldContain("--dataset https://account.blob.core.windows.net/datasets/a ");
    }

    private static EnhancementRequest With(AttackProfile profile, int? iterations = null) => EnhancementProfiles.Get(profile.Name).Request("x", "sets/a") with
    {
        Attack = profile.Attack with { Iterations = iterations ?? profile.Attack.Iterations },
    };
}
