using System.Text.Json;
using DataCentric.Pipeline.Model;

namespace DataCentric.Pipeline.Tests.Model;

public class RunStatusTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    [Fact]
    public void It_keeps_what_each_stage_took()
    {
        var log = new RunStatusLog();

        log.Next(new WorkflowProgress(WorkflowPhase.Ingest, 0, 0, 1), Start).Stages.ShouldBeEmpty();
        log.Next(new WorkflowProgress(WorkflowPhase.Ingest, 1, 0, 1, 300, 300), Start.AddSeconds(3)).ImagesPerSecond.ShouldBe(100);
        log.Next(new WorkflowProgress(WorkflowPhase.Shards, 0, 0, 4, 0, 200), Start.AddSeconds(4)).ImagesPerSecond.ShouldBeNull();
        var status = log.Next(new WorkflowProgress(WorkflowPhase.Shards, 1, 1, 4, 50, 200), Start.AddSeconds(14));

        status.ShouldSatisfyAllConditions(
            now => now.Stages.ShouldBe([new StageRate(WorkflowPhase.Ingest, 4, 300)]), now => now.Seconds.ShouldBe(10), now => now.ImagesPerSecond.ShouldBe(5), now => now.Failed.ShouldBe(1));
        log.Next(new WorkflowProgress(WorkflowPhase.Surrogates, 0, 0, 4), Start).Stages[1].ShouldBe(new StageRate(WorkflowPhase.Shards, 0, 50), "A clock that was set back makes no negative time.");
    }

    [Fact]
    public void That_of_a_run_with_all_stages_is_below_a_kilobyte_and_is_read_back()
    {
        var log = new RunStatusLog();
        RunStatus? status = null;
        foreach (var (index, phase) in Enum.GetValues<WorkflowPhase>().Index())
            status = log.Next(new WorkflowProgress(phase, 400_000, 400_000, 400_000, 100_000_000, 100_000_000), Start.AddSeconds(123_456.789 * index));

        var json = JsonSerializer.Serialize(status, PipelineJson.Compact);

        json.Length.ShouldBeLessThan(1000);
        JsonSerializer.Deserialize<RunStatus>(json, PipelineJson.Compact)!.Stages.ShouldBe(status!.Stages);
        JsonSerializer.Deserialize<RunStatus>("""{"phase":"shards","done":1,"failed":0,"total":2,"imagesDone":3,"imagesTotal":4,"percent":5}""", PipelineJson.Compact)!
            .Stages.ShouldBeEmpty("A status of before.");
    }
}
