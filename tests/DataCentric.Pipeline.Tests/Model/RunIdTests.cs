using DataCentric.Pipeline.Model;

namespace DataCentric.Pipeline.Tests.Model;

/// <summary>Ids of runs and the commands that repeat them, as earlier versions gave them: a run of yesterday is found again today.</summary>
public sealed class RunIdTests
{
    private const string Model = "models/brought-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef.safetensors";

    [Theory]
    [InlineData("""{ "profile": "compact" }""", "b3a89777dc7b8903", "--profile compact ")]
    [InlineData("""{ "profile": "paper" }""", "3126591917d8dad0", "--profile paper ")]
    [InlineData("""{ "profile": "seed" }""", "440f74406f9543b8", "--profile paper-code ")]
    [InlineData("""{ "profile": "seed", "iterations": 5, "ensembleWeights": [0.2, 0.2, 0.2, 0.2, 0.2], "attackBatch": 8 }""", "9ffafb151c3de00e", "--profile paper-code --iterations 5 --ensemble-weights 0.2,0.2,0.2,0.2,0.2 --attack-batch 8 ")]
    [InlineData("""{ "profile": "pgd", "loss": "logit", "precision": "float32" }""", "4103f089739a5bdf", "--profile pgd --loss logit --precision float32 ")]
    [InlineData("""{ "profile": "fgsm", "start": "random", "quantization": "truncate" }""", "1007b500c31ca627", "--profile fgsm --start random --quantization truncate ")]
    [InlineData("""{ "profile": "compact", "seed": 18446744073709551615, "split": "1:1:3", "limit": 100, "selection": "disagreement", "selectionBalance": "none", "shardSize": 7 }""", "90830f8ad912ed48", "--profile compact --split 1:1:3 --selection disagreement --selection-balance none --seed 18446744073709551615 --limit 100 --shard-size 7 ")]
    [InlineData("""{ "profile": "compact", "corruptions": "cifar", "kinds": ["fog", "snow"], "severity": 3 }""", "193399250d3ee5eb", "--profile compact --corruptions cifar --kinds fog,snow --severity 3 ")]
    [InlineData("""{ "profile": "compact", "mix": "seed", "formats": ["folder"], "license": "MIT", "dataVersion": "2.0.0", "heldOut": "models/h" }""", "5944dbe11ca8cb66", "--profile compact --mix paper-code --held-out h --formats folder --license MIT --data-version 2.0.0 ")]
    [InlineData("""{ "profile": "compact", "linfEpsilon": 0, "l2Epsilon": 0.1, "l2Step": 0.00001, "linfStep": 2.5, "momentum": 0, "momentumNormalization": "none" }""", "46b11226b8b37638", "--profile compact --linf-epsilon 0 --linf-step 2.5 --l2-epsilon 0.1 --l2-step 1E-05 --momentum 0 --momentum-normalization none ")]
    [InlineData("""{ "profile": "compact", "smoothing": "off", "diversity": "shared", "diversityProbability": 1, "architectures": ["resnet20"], "surrogateEpochs": 4 }""", "fbe7d0263d1c4f85", "--profile compact --smoothing off --diversity shared --diversity-probability 1 --architectures resnet20 --surrogate-epochs 4 ")]
    [InlineData("""{ "profile": "compact", "surrogateModels": ["MODEL"], "surrogateEpochs": 9, "score": { "test": "p q", "seeds": [1, 2], "epochs": 3 } }""", "6f86c79a70ad583a", "--profile compact --surrogate-models MODEL --score 'p q' --score-seeds 1,2 --score-epochs 3 ")]
    [InlineData("""{ "split": "2:2:1", "corruptions": "paper14", "iterations": 10, "surrogateInit": ["MODEL"] }""", "b46cfd4a031aff45", "--split 2:2:1 --corruptions paper14 --iterations 10 --surrogate-init MODEL ")]
    [InlineData("""{ "profile": "compact", "surrogateInit": ["MODEL"], "surrogateEpochs": 9, "architectures": ["resnet20"] }""", "a519e49ca46b4be1", "--profile compact --surrogate-epochs 9 --surrogate-init MODEL ")]
    public void Run_id_and_command_stay_what_they_were(string choices, string runId, string command)
    {
        var problems = new List<string>();
        var request = ChoicesJson.Read(choices.Replace("MODEL", Model, StringComparison.Ordinal), problems).ToRequest("run") with { Dataset = "set" };

        problems.ShouldBeEmpty();
        RepeatCommand.Of(request).Replace(Model.Split('/')[^1], "MODEL", StringComparison.Ordinal).ShouldBe($"datacentric enhance --dataset set {command}--out enhanced");
        RequestIdentity.RunIdFor(request, "data").ShouldBe(runId);
    }

    [Theory]
    [InlineData("""{ "profile": "seed", "mix": "seed" }""", """{ "profile": "paper-code", "mix": "paper-code" }""")]
    [InlineData("""{ "profile": "seed", "iterations": 5 }""", """{ "profile": "paper-code", "iterations": 5 }""")]
    public void The_word_seed_asks_for_what_paper_code_does(string former, string present)
    {
        var requests = new[] { former, present }.Select(text => ChoicesJson.Read(text, []).ToRequest("run")).ToArray();

        requests[0].ShouldBe(requests[1]);
        RequestIdentity.RunIdFor(requests[0], "data").ShouldBe(RequestIdentity.RunIdFor(requests[1], "data"));
    }
}
