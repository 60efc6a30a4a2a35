using DataCentric.Cli.Tests.Faults;
using DataCentric.Images;
using DataCentric.Imaging.Pictures;

namespace DataCentric.Cli.Tests;

/// <summary>Bad arguments and bad input end with exit code 2, a message that names the place, and no stack trace.</summary>
public sealed class BadInputTests : IDisposable
{
    private static readonly string Sample = RealData.Sample("train-images-idx3-ubyte.gz");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("enhance --out OUT --dataset PICTURES --split 1:0:0", "a pipe")]
    [InlineData("enhance --out OUT --dataset SAMPLE --held-out PIPE", "a pipe")]
    [InlineData("enhance --out OUT --dataset SAMPLE --surrogate-models PIPE", "a pipe")]
    [InlineData("testset --out OUT --dataset SAMPLE --limit 3 --attackers PIPE", "a pipe")]
    [InlineData("export --out OUT/weights.npz --model PIPE", "a pipe")]
    [InlineData("import --out OUT/model --weights PIPE --arch vgg_compact --shape 16x16 --mean 0,0,0 --std 1,1,1", "a pipe")]
    [InlineData("upload --to OUT --dataset SAMPLE --options PIPE", "a pipe")]
    [InlineData("corrupt --out OUT --dataset SAMPLE --limit 3 --kinds frost --frost-textures PICTURES/class", "a pipe")]
    [InlineData("train --out PIPE --dataset SAMPLE --limit 20 --arch vgg_compact", "is there already")]
    public async Task A_pipe_is_refused_by_its_name_and_nobody_waits_for_it(string command, string reason)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes among files.");
        var pipe = _folder["pictures/class/x.png"];
        Directory.CreateDirectory(_folder["pictures/class"]);
        File.WriteAllBytes(_folder["pictures/class/a.png"], RgbImage.EncodePng(new byte[8 * 8 * 3], new ImageShape(8, 8)));
        using (var process = System.Diagnostics.Process.Start("mkfifo", [pipe]))
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        using var tool = Tool.Start([.. command.Split(' ').Select(word => word
            .Replace("OUT", _folder["out"], StringComparison.Ordinal)
            .Replace("PICTURES", _folder["pictures"], StringComparison.Ordinal)
            .Replace("PIPE", pipe, StringComparison.Ordinal)
            .Replace("SAMPLE", Sample, StringComparison.Ordinal))]);

        var result = await Tool.FinishAsync(tool).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        result.ExitCode.ShouldBe(2, result.Error);
        result.Error.ShouldContain(pipe);
        result.Error.ShouldContain(reason);
        result.Output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("no-such-verb", "no-such-verb")]
    [InlineData("enhance", "--out")]
    [InlineData("enhance --out OUT", "--dataset")]
    [InlineData("enhance --out OUT --dataset no-such-file", "no-such-file")]
    [InlineData("enhance --out OUT --dataset SAMPLE --split 0:0:0", "0:0:0")]
    [InlineData("enhance --out OUT --dataset SAMPLE --split 1:2", "0:1:4")]
    [InlineData("enhance --out OUT --dataset SAMPLE --profile huge", "compact")]
    [InlineData("enhance --out OUT --dataset SAMPLE --kinds rain,hail", "hail")]
    [InlineData("enhance --out OUT --dataset SAMPLE --corruptions moon", "moon")]
    [InlineData("enhance --out OUT --dataset SAMPLE --severity 9", "severity")]
    [InlineData("enhance --out OUT --dataset SAMPLE --limit 0", "--limit")]
    [InlineData("enhance --out OUT --dataset SAMPLE --limit many", "many")]
    [InlineData("enhance --out OUT --dataset SAMPLE --iterations -3", "--iterations")]
    [InlineData("enhance --out OUT --dataset SAMPLE --linf-epsilon 300", "LinfEpsilon")]
    [InlineData("enhance --out OUT --dataset SAMPLE --linf-epsilon 0 --l2-epsilon 0", "both 0")]
    [InlineData("enhance --out OUT --dataset SAMPLE --l2-epsilon 1e300", "L2Epsilon")]
    [InlineData("enhance --out OUT --dataset SAMPLE --momentum 1e300", "Momentum")]
    [InlineData("enhance --out OUT --dataset SAMPLE --smoothing sideways", "before-momentum")]
    [InlineData("enhance --out OUT --dataset SAMPLE --selection luck", "random, entropy, disagreement")]
    [InlineData("enhance --out OUT --dataset SAMPLE --selection disagreement --architectures vgg_compact", "two surrogates")]
    [InlineData("enhance --out OUT --dataset SAMPLE --ensemble-weights 0.5,0.5", "weights")]
    [InlineData("enhance --out OUT --dataset SAMPLE --held-out no-such-model", "no-such-model")]
    [InlineData("enhance --out OUT --resume", "no run")]
    [InlineData("enhance --out OUT --resume --seed 3", "--seed")]
    [InlineData("enhance --out OUT --dataset SAMPLE --storage DefaultEndpointsProtocol=https;nonsense", "connection string")]
    [InlineData("enhance --out OUT --dataset SAMPLE --formats tfrecord", "webdataset")]
    [InlineData("convert no-such-folder --formats parquet", "run.json")]
    [InlineData("corrupt --out OUT --dataset SAMPLE --kinds hail", "hail")]
    [InlineData("corrupt --out OUT --dataset SAMPLE --severity few", "few")]
    [InlineData("corrupt --out OUT --dataset SAMPLE --severity 5..1", "5..1")]
    [InlineData("corrupt --out OUT --dataset SAMPLE --severity ,", "names nothing")]
    [InlineData("convert no-such-folder --formats ,", "names nothing")]
    [InlineData("corrupt --out OUT --dataset SAMPLE --layout heap", "heap")]
    [InlineData("train --out OUT/model --dataset SAMPLE --arch lenet", "resnet20")]
    [InlineData("testset --out https://account.blob.core.windows.net/container?sv=2026&sig=x --dataset SAMPLE", "container/folder")]
    [InlineData("testset --out UseDevelopmentStorage=true;Container=tests --dataset SAMPLE", "Prefix=folder")]
    [InlineData("verify no-such-folder", "run.json")]
    [InlineData("inspect no-such-file", "no-such-file")]
    [InlineData("inspect SAMPLE --against no-such-file", "no-such-file")]
    [InlineData("inspect https://account.blob.core.windows.net/", "Name a blob")]
    [InlineData("fetch mnist --out OUT", "fashion-mnist")]
    [InlineData("fetch cifar10 --out OUT --from ftp://here", "http or https")]
    [InlineData("upload --dataset SAMPLE", "--to")]
    [InlineData("upload --dataset no-such-file --to OUT", "no-such-file")]
    [InlineData("upload --dataset SAMPLE --to OUT --name options.json", "options.json")]
    [InlineData("upload --dataset SAMPLE --to OUT --options no-such-file", "no-such-file")]
    public async Task Bad_arguments_are_named(string command, string named)
    {
        var result = await Tool.RunAsync([.. command.Split(' ').Select(word => word
            .Replace("OUT", _folder["out"], StringComparison.Ordinal)
            .Replace("SAMPLE", Sample, StringComparison.Ordinal))]);

        result.ExitCode.ShouldBe(2, result.Error);
        result.Error.ShouldContain(named);
        result.Error.ShouldNotContain("   at ");
        result.Output.ShouldBeEmpty();
        File.Exists(Path.Combine(_folder["out"], "run.json")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("inspect SAMPLE")]
    [InlineData("enhance --dataset SAMPLE --out OUT --split 1:0:1")]
    public async Task Too_few_open_files_are_told_in_a_sentence(string command)
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("Limits are read where Linux keeps them.");
        var words = command.Replace("OUT", _folder["out"], StringComparison.Ordinal).Replace("SAMPLE", Sample, StringComparison.Ordinal);

        using var tool = Tool.StartAfter("ulimit -n 60", words.Split(' '));
        var result = await Tool.FinishAsync(tool);

        result.ExitCode.ShouldBe(1, result.Error);
        result.Error.ShouldContain("Only 60 files may be open at once");
        result.Error.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task More_classes_than_a_byte_holds_are_told_before_anything_is_written()
    {
        TinyRun.WriteDataset(_folder["set"], classes: 300);

        var result = await Tool.RunAsync("corrupt", "--dataset", _folder["set"], "--out", _folder["out"], "--layout", "cifar-c", "--kinds", "rain");

        result.ExitCode.ShouldBe(2, result.Error);
        result.Error.ShouldContain("256 classes");
        result.Error.ShouldContain("--layout pair");
        Directory.Exists(_folder["out"]).ShouldBeFalse();
    }

    [Fact]
    public async Task A_file_of_the_set_that_cannot_be_read_is_no_run_that_goes_on()
    {
        TinyRun.WriteDataset(_folder["set"]);
        File.Delete(Path.Combine(_folder["set"], "label.npy"));
        File.CreateSymbolicLink(Path.Combine(_folder["set"], "label.npy"), "label.npy"); // A link to itself: root is refused, too.

        foreach (var verb in new[] { "enhance", "corrupt", "train" })
        {
            var result = await Tool.RunAsync([verb, "--dataset", _folder["set"], "--out", _folder["out"], .. verb == "train" ? ["--arch", "resnet20"] : Array.Empty<string>()]);

            result.ExitCode.ShouldBe(2, result.Error);
            result.Error.ShouldContain("label.npy");
            result.Error.ShouldNotContain("goes on");
        }
    }

    [Fact]
    public async Task A_truncated_file_is_named_with_its_place()
    {
        var records = new byte[(2 * 3073) + 100];
        await File.WriteAllBytesAsync(_folder["cut.bin"], records);

        var result = await Tool.RunAsync("enhance", "--dataset", _folder["cut.bin"], "--out", _folder["out"]);

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain("cut.bin");
        result.Error.ShouldContain("6246");
    }

    [Fact]
    public async Task A_label_out_of_range_is_named_with_its_record()
    {
        var records = new byte[2 * 3073];
        records[3073] = 10;
        await File.WriteAllBytesAsync(_folder["label.bin"], records);

        var result = await Tool.RunAsync("enhance", "--dataset", _folder["label.bin"], "--out", _folder["out"]);

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain("label.bin");
        result.Error.ShouldContain("10");
    }

    [Theory]
    [InlineData("red\u001b[31mred", "red\\u001B[31mred")]
    [InlineData("turned\u202egnp.exe", "turned\\u202Egnp.exe")]
    [InlineData("over\rerror", "over\\u000Derror")]
    [InlineData("title\u009d0;x\u0007", "title\\u009D0;x\\u0007")]
    public async Task What_steers_a_terminal_in_a_name_is_shown_and_does_not_reach_it(string name, string shown)
    {
        var result = await Tool.RunAsync("inspect", _folder[name]);

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain(shown);
        result.Error.Where(letter => char.IsControl(letter) && letter != '\n').ShouldBeEmpty();
    }

    [Fact]
    public async Task A_line_feed_in_a_name_begins_no_message_of_its_own()
    {
        var result = await Tool.RunAsync("inspect", _folder["x\nerror all is lost"]);

        result.Error.Split('\n').Count(line => line.StartsWith("error", StringComparison.Ordinal)).ShouldBe(1, result.Error);
    }

    [Fact]
    public async Task A_wrong_account_key_is_never_shown()
    {
        const string Key = "c2VjcmV0LXNlY3JldC1zZWNyZXQ=";

        var result = await Tool.RunAsync(
            "verify", $"DefaultEndpointsProtocol=http;AccountName=a;AccountKey={Key};BlobEndpoint=http://127.0.0.1:1/a;");

        result.ExitCode.ShouldNotBe(0);
        (result.Error + result.Output).ShouldNotContain(Key);
        result.Error.ShouldNotContain("   at ");
    }
}
