using System.Text.Json;
using DataCentric.Images;
using DataCentric.Pipeline.Evaluation.TestSets;
using DataCentric.Pipeline.Hosting;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Stages;
using DataCentric.Pipeline.Starts;
using DataCentric.Pipeline.Storage;
using DataCentric.Pipeline.Workflow;

namespace DataCentric.Pipeline.Tests.Hosting;

/// <summary>What crosses the wire of a durable host: it comes back as it was, and is small.</summary>
public class WireTests
{
    private static readonly EnhancementRequest Request = new EnhancementChoices
    {
        ["dataset"] = "set", ["profile"] = "seed", ["split"] = new Split(1, 2, 3), ["seed"] = ulong.MaxValue, ["limit"] = 5, ["kinds"] = new[] { "fog" },
        ["corruptions"] = "cifar", ["severity"] = 3,
    }.ToRequest("run");

    private static readonly IngestedSet Set = new(new string('a', 64), 100_000_000, new ImageShape(1024, 1024), 1000, HasSoftLabels: true);

    private static readonly TrainedModel[] Surrogates =
        [.. Enumerable.Range(0, 8).Select(i => new TrainedModel($"network{i}", $"models/{i}/x.safetensors", new string('b', 64), 1, 0.5))];

    [Fact]
    public void Every_message_comes_back_as_it_was()
    {
        var shard = new Shard(SampleRole.Adversarial, 128, 64);
        var assembled = new AssembledSet([new StoredFile("data.npy", 5, "hash")]);
        ComesBack(new RunInput(Request, new FanOutLimits { AttackWorkerPatience = TimeSpan.FromMinutes(30) }));
        ComesBack(new ShardGroupInput(new ShardGroup(Request, Set, Surrogates, [new ShardSpan(SampleRole.Adversarial, 128, 6400, 64)]), new FanOutLimits()));
        ComesBack(new PlanInput(Request with { Selection = SelectionRule.Entropy }, Set, [new ScoreShard(64, 32)]));
        ComesBack(new ScoreInput(Request, Set, new ScoreShard(64, 32), Surrogates));
        ComesBack(new SurrogateInput(Request, Set, 2));
        ComesBack(new ShardInput(Request, Set, shard, Surrogates));
        ComesBack(new AssembleInput(Request, Set, new PlanSummary(1, 2, 3), Surrogates) { Failed = [new FailedShard(shard, "no room")] });
        ComesBack(new VerifyInput(Request, Set, assembled));
        ComesBack(new PublishInput(Request, Set, new PlanSummary(1, 2, 3), Surrogates, assembled, [new StageTiming(WorkflowPhase.Ingest, 1.5) { ProcessorSeconds = new(2.5, 0.25) }], "a device"));
        var scored = Request with { Score = new ScoringRequest { Test = "p", Seeds = [ulong.MaxValue], Epochs = 3 } };
        var test = new TestSetSummary("hash", 100, TestProtocol.Paper, [new TrainedModel("resnet20", "a", "hash", 5, 0.5) { Key = "key" }]);
        ComesBack(new RunInput(scored, new FanOutLimits()));
        ComesBack(new TestSetsInput(scored, Set));
        ComesBack(new Reply<TestSetSummary>(test, null));
        ComesBack(new NetworkInput(scored, Set, test, "raw", "vgg_compact", 3));
        ComesBack(new ScoredNetwork("raw-vgg_compact-seed3", 40.5));
        ComesBack(new GatherInput(scored, Set, test));
        ComesBack(new Reply<AttackWorker>(new AttackWorker("a device", ["vgg_compact"]), null));
        ComesBack(new Reply<FinishedRun>(new FinishedRun(null), null));
        ComesBack(new Reply<IngestedSet>(null, "broken"));
        ComesBack(new Reply<FanOutOutcome>(new FanOutOutcome { Done = 1, Failed = 1, Failures = ["one"], Named = [new FailedPart("shard x", "one")] }, null));
        ComesBack(RunOutput.Of(new EnhancementSummary("run", "there", 5, new PlanSummary(1, 2, 2), new AttackSummary(0.9, 0.1, null, null, 200, 8))));
    }

    [Fact]
    public void A_group_of_shards_is_a_few_kilobytes_whatever_their_number()
    {
        var shards = ShardSpan.Of(SampleRole.Corrupted, int.MaxValue, 256, 32);

        shards.Count.ShouldBe(8_388_608);
        Bytes(new ShardGroupInput(new ShardGroup(Request, Set, Surrogates, [shards]), new FanOutLimits())).Length.ShouldBeLessThan(4 * 1024);
    }

    [Fact]
    public void A_status_is_a_few_hundred_bytes_with_words_for_phases()
    {
        var status = RunStatus.Of(new WorkflowProgress(WorkflowPhase.Shards, int.MaxValue, 5, int.MaxValue, int.MaxValue, int.MaxValue, 30, 40));

        status.Percent.ShouldBe(75);
        var json = JsonSerializer.Serialize(status, PipelineJson.Compact);
        json.ShouldContain("\"phase\":\"shards\"");
        json.Length.ShouldBeLessThan(300);
        RunStatus.Of(new WorkflowProgress(WorkflowPhase.Plan, 0, 0, 0)).Percent.ShouldBe(0);
    }

    [Fact]
    public async Task Bad_input_crosses_the_wire_as_bad_input_and_other_failures_as_themselves()
    {
        var reply = await Reply.OfAsync<FinishedRun>(() => throw new InputException("label.npy is short"));

        Should.Throw<InputException>(() => reply.Unwrap()).Message.ShouldBe("label.npy is short");
        await Should.ThrowAsync<IOException>(() => Reply.OfAsync<FinishedRun>(() => throw new IOException()));
    }

    private static void ComesBack<T>(T message)
    {
        var bytes = Bytes(message);
        Bytes(JsonSerializer.Deserialize<T>(bytes, PipelineJson.Compact)).AsSpan().SequenceEqual(bytes).ShouldBeTrue(typeof(T).Name);
    }

    private static byte[] Bytes<T>(T message) => JsonSerializer.SerializeToUtf8Bytes(message, PipelineJson.Compact);
}
