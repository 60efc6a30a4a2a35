using DataCentric.Cli.Commands;
using DataCentric.Cli.Tests.Faults;

namespace DataCentric.Cli.Tests;

/// <summary>The commands that pages tell people to type.</summary>
public sealed class PageTests : IDisposable
{
    private const string Program = "datacentric ";

    /// <summary>What makes the work of a command small.</summary>
    private static readonly Dictionary<string, string> Shorter = new(StringComparer.Ordinal)
    {
        ["enhance"] = "--iterations 1 --limit 40",
        ["train"] = "--limit 40",
        ["testset"] = "--limit 20 --attacker-architectures vgg_compact --attacker-epochs 1 --raw-network vgg_compact --attacks pgd",
    };

    /// <summary>Words of the pages, and those for sets of 16x16 pixels.</summary>
    private static readonly (string Words, string Instead)[] Smaller = [("--resize 64", ""), ("--epochs 12", "--epochs 1"), ("--epochs 40", "--epochs 1"), ("--shape 32x32", "--shape 16x16"), ("--formats cifar", ""), ("--limit 2000", "")];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Pages =>
    [
        .. new[] { "docs", "python", "src", "samples" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(RealData.Root, folder), "*.md", SearchOption.AllDirectories))
            .Append(Path.Combine(RealData.Root, "README.md"))
            .Select(page => Path.GetRelativePath(RealData.Root, page))
            .Where(page => CommandsOf(page).Any()).Order(StringComparer.Ordinal),
    ];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_command_of_a_page_can_be_typed_as_it_stands(string page)
    {
        foreach (var line in CommandsOf(page).Select(line => line.Replace("$split", "1:1:1", StringComparison.Ordinal))) // a loop's
            Mistyped.Problems(CommandLine.Create().Parse(line)).Where(_ => CommandLine.Create().Parse(line).Errors.Count > 0).ShouldBeEmpty(line);
    }

    [Theory]
    [InlineData("photographs")]
    [InlineData("own-network")]
    [InlineData("corrupted-test-sets")]
    [InlineData("cifar-10")]
    [InlineData("hugging-face")]
    public async Task The_commands_of_an_example_work_one_after_the_other(string page)
    {
        foreach (var set in new[] { "photos", "data", "test", "cifar-10/data_batch_1.bin" })
            TinyRun.WriteDataset(_folder[set], classes: 2, count: 60);
        TinyRun.WriteDataset(_folder["cifar-10/test_batch.bin"], classes: 2, count: 60, seed: 9);
        if (page == "hugging-face")
            await WriteHubAsync();
        if (page == "own-network")
        {
            await RunAsync("train --dataset data --arch resnet20 --epochs 1 --limit 8 --out weights.safetensors");
            await RunAsync("export --model weights.safetensors --out weights.npz");
            File.Move(_folder["weights.npz"], _folder["mine.pth"]);
        }

        foreach (var line in CommandsOf($"docs/examples/{page}.md").Where(line => !line.StartsWith("fetch ", StringComparison.Ordinal)))
        {
            var less = Shorter.GetValueOrDefault(line.Split(' ')[0], "");
            if (line.StartsWith("enhance ", StringComparison.Ordinal) && !line.Contains("--surrogate-models", StringComparison.Ordinal))
                less += " --surrogate-epochs 1 --resize 16";
            await RunAsync($"{Smaller.Aggregate(line, (words, pair) => words.Replace(pair.Words, pair.Instead, StringComparison.Ordinal))} {less}");
        }
    }

    /// <summary>Parquet files of a training and a test part, as they lie on the hub.</summary>
    private async Task WriteHubAsync()
    {
        Directory.CreateDirectory(_folder["hub/data"]);
        foreach (var part in new[] { "train", "test" })
        {
            await RunAsync($"enhance --dataset data --split 1:0:1 --out {part}-set --formats parquet");
            File.Move(Directory.EnumerateFiles(_folder[$"{part}-set/parquet"], "*.parquet").Single(), _folder[$"hub/data/{part}-00000-of-00001.parquet"]);
        }
    }

    private async Task RunAsync(string line)
    {
        using var tool = Tool.StartIn(_folder.Path, line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var result = await Tool.FinishAsync(tool);
        result.ExitCode.ShouldBe(0, $"{line}: {result.Error}");
    }

    /// <summary>The commands in the blocks of a page, without the name of the tool, comments, and what a shell does with them.</summary>
    internal static IEnumerable<string> CommandsOf(string page)
    {
        var isBlock = false;
        foreach (var line in File.ReadLines(Path.Combine(RealData.Root, page)).Select(line => line.Trim()))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
                isBlock = !isBlock;
            else if (isBlock && line.StartsWith(Program, StringComparison.Ordinal))
                yield return new[] { " #", " & ", " | ", " > " }.Aggregate(line[Program.Length..], (command, end) => command.Split(end)[0]).Trim();
        }
    }
}
