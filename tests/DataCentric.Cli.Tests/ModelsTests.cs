using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace DataCentric.Cli.Tests;

/// <summary>Networks brought in, taken out and attacked with.</summary>
public sealed class ModelsTests : IDisposable
{
    private static readonly string Sample = RealData.Sample("train-images-idx3-ubyte.gz");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_trained_network_goes_out_as_npz_comes_in_again_and_attacks()
    {
        await RunAsync("train", "--dataset", Sample, "--arch", "vgg_compact", "--limit", "200", "--epochs", "2", "--out", _folder["a.safetensors"]);
        var exported = JsonDocument.Parse(await RunAsync("export", "--model", _folder["a.safetensors"], "--out", _folder["a.npz"], "--json")).RootElement;
        var mean = string.Join(',', exported.GetProperty("mean").EnumerateArray());
        var deviation = string.Join(',', exported.GetProperty("deviation").EnumerateArray());
        var imported = JsonDocument.Parse(await RunAsync(
            "import", "--weights", _folder["a.npz"], "--arch", "vgg_compact", "--shape", "32x32", "--mean", mean, "--std", deviation, "--out", _folder["b.safetensors"], "--json")).RootElement;
        imported.GetRawText().ShouldBe(exported.GetRawText());

        await RunAsync(Enhance("ab", "a.safetensors", "b.safetensors"));
        await RunAsync(Enhance("aa", "a.safetensors", "a.safetensors"));

        // The same network twice, once trained and once imported: the same attack, by ensembles that are told apart.
        Pixels("ab").ShouldBe(Pixels("aa"));
        using var run = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder["ab"], "run.json")));
        var hashes = new[] { "a.safetensors", "b.safetensors" }.Select(name => Hash(_folder[name])).ToArray();
        run.RootElement.GetProperty("surrogates").EnumerateArray().Select(model => model.GetProperty("sha256").GetString()).ShouldBe(hashes);
        foreach (var hash in hashes)
            Hash(Path.Combine(_folder["ab"], ".datacentric", "models", $"brought-{hash}.safetensors")).ShouldBe(hash);
        Ensemble("ab").ShouldNotBe(Ensemble("aa"));
        (await Tool.RunAsync("verify", _folder["ab"])).ExitCode.ShouldBe(0);

        var other = await Tool.RunAsync(Enhance("ab", "a.safetensors"));
        other.ExitCode.ShouldBe(2);
        other.Error.ShouldContain("surrogateModels");

        var dry = await RunAsync([.. Enhance("dry", "a.safetensors"), "--dry-run", "--json"]);
        JsonDocument.Parse(dry).RootElement.GetProperty("surrogateSeconds").GetDouble().ShouldBe(0);
    }

    [Fact]
    public async Task A_model_for_other_classes_or_images_is_refused()
    {
        await RunAsync("train", "--dataset", Sample, "--arch", "vgg_compact", "--limit", "64", "--epochs", "1", "--out", _folder["a.safetensors"]);
        await RunAsync("export", "--model", _folder["a.safetensors"], "--out", _folder["a.npz"]);
        await RunAsync(
            "import", "--weights", _folder["a.npz"], "--arch", "vgg_compact", "--shape", "48x40", "--mean", "0,0,0", "--std", "1,1,1", "--out", _folder["b.safetensors"]);

        var result = await Tool.RunAsync(Enhance("out", "a.safetensors", "b.safetensors"));

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain("b.safetensors (vgg_compact): for 10 classes and images of 48x40");
        File.Exists(Path.Combine(_folder["out"], "run.json")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_network_of_other_classes_and_images_is_fine_tuned_alone_and_for_a_run()
    {
        await RunAsync("train", "--dataset", Sample, "--arch", "resnet8", "--limit", "64", "--epochs", "1", "--out", _folder["small.safetensors"]);
        var (pixels, labels) = (new byte[12 * 16 * 16 * 3], Enumerable.Range(0, 12).Select(n => (byte)(n % 3)).ToArray());
        new Random(1).NextBytes(pixels);
        Directory.CreateDirectory(_folder["set"]);
        await File.WriteAllBytesAsync(Path.Combine(_folder["set"], "data.npy"), NpyFile.Make("|u1", "(12, 16, 16, 3)", pixels));
        await File.WriteAllBytesAsync(Path.Combine(_folder["set"], "label.npy"), NpyFile.Make("|u1", "(12,)", labels));

        await RunAsync("train", "--dataset", _folder["set"], "--init", _folder["small.safetensors"], "--epochs", "1", "--out", _folder["tuned.safetensors"]);
        var (small, tuned) = (await ContentAsync("small"), await ContentAsync("tuned"));
        tuned.GetProperty("architecture").GetString().ShouldBe("resnet8");
        tuned.GetProperty("classCount").GetInt32().ShouldBe(3);
        tuned.GetProperty("mean").GetRawText().ShouldBe(small.GetProperty("mean").GetRawText());

        string[] enhance = ["enhance", "--dataset", _folder["set"], "--split", "0:1:1", "--iterations", "1", "--surrogate-epochs", "1", "--surrogate-init", _folder["small.safetensors"], "--out", _folder["run"]];
        JsonDocument.Parse(await RunAsync([.. enhance, "--dry-run", "--json"])).RootElement.GetProperty("surrogateSeconds").GetDouble().ShouldBeGreaterThan(0);
        await RunAsync(enhance);
        using var run = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder["run"], "run.json")));
        run.RootElement.GetProperty("request").GetProperty("surrogateInit")[0].GetString().ShouldBe($"models/brought-{Hash(_folder["small.safetensors"])}.safetensors");
        run.RootElement.GetProperty("surrogates")[0].GetProperty("architecture").GetString().ShouldBe("resnet8");

        // The model store has the model, so that the run goes on without the file.
        File.Delete(_folder["small.safetensors"]);
        await RunAsync("enhance", "--resume", "--out", _folder["run"], "--formats", "folder");
        (await Tool.RunAsync("verify", _folder["run"])).ExitCode.ShouldBe(0);
    }

    [Theory]
    [InlineData("import --weights no-such.npz --arch resnet20 --shape 32x32 --mean 0,0,0 --std 1,1,1", "no-such.npz")]
    [InlineData("import --weights EVIL --arch resnet20 --shape 32x32 --mean 0,0,0 --std 1,1,1", "\"posix.system\"")]
    [InlineData("import --weights CUT --arch resnet20 --shape 32x32 --mean 0,0,0 --std 1,1,1", "truncated")]
    [InlineData("import --weights EVIL --arch lenet --shape 32x32 --mean 0,0,0 --std 1,1,1", "resnet20")]
    [InlineData("import --weights EVIL --arch resnet20 --shape 32 --mean 0,0,0 --std 1,1,1", "--shape")]
    [InlineData("import --weights EVIL --arch resnet20 --shape 4x4 --mean 0,0,0 --std 1,1,1", "8 to 1024")]
    [InlineData("import --weights EVIL --arch resnet20 --shape 32x32 --mean 0,x,0 --std 1,1,1", "--mean: 'x'")]
    [InlineData("import --weights EVIL --arch resnet20 --shape 32x32 --mean 0,0 --std 1,1,1", "expected 3 numbers")]
    [InlineData("import --weights EVIL --arch resnet20 --shape 32x32 --mean 0,0,0", "of resnet20, which people train on images of their own: say their standard deviation (--std)")]
    [InlineData("train --dataset SAMPLE", "'--arch' is required where there is no --init")]
    [InlineData("train --dataset SAMPLE --init EVIL", "evil.pt: not a safetensors file")]
    [InlineData("enhance --dataset SAMPLE --surrogate-init EVIL", "evil.pt: not a safetensors file")]
    [InlineData("enhance --dataset SAMPLE --surrogate-init no-such-model", "no-such-model")]
    [InlineData("enhance --dataset SAMPLE --surrogate-init EVIL EVIL", "surrogateInit: a model is named twice")]
    [InlineData("enhance --dataset SAMPLE --surrogate-init EVIL --architectures resnet20", "--architectures cannot be given with --surrogate-init")]
    [InlineData("enhance --dataset SAMPLE --surrogate-init EVIL --surrogate-models EVIL", "--surrogate-init cannot be given with --surrogate-models")]
    [InlineData("enhance --resume --surrogate-init EVIL", "--surrogate-init cannot be given with --resume")]
    [InlineData("export --model EVIL", "not a safetensors file")]
    [InlineData("export --model no-such-model", "no-such-model")]
    [InlineData("enhance --dataset SAMPLE --surrogate-models no-such-model", "no-such-model")]
    [InlineData("enhance --dataset SAMPLE --surrogate-models EVIL", "evil.pt: not a safetensors file")]
    [InlineData("enhance --dataset SAMPLE --held-out EVIL --split 1:0:1", "evil.pt: not a safetensors file")]
    [InlineData("enhance --dataset SAMPLE --surrogate-models EVIL EVIL --ensemble-weights 0.2,0.3,0.5", "3 weights for 2 surrogates")]
    [InlineData("enhance --dataset SAMPLE --surrogate-models EVIL --surrogate-epochs 3", "--surrogate-epochs cannot be given")]
    [InlineData("enhance --resume --surrogate-models EVIL", "--surrogate-models cannot be given with --resume")]
    public async Task Bad_arguments_and_weights_are_named_and_nothing_is_written(string command, string named)
    {
        var proof = _folder["run by the pickle"];
        byte[] pickle = [0x80, 2, .. "cposix\nsystem\nX"u8, .. BitConverter.GetBytes(proof.Length + 8), .. System.Text.Encoding.ASCII.GetBytes($"touch '{proof}'"), 0x85, (byte)'R', (byte)'.'];
        await WriteZipAsync(_folder["evil.pt"], "archive/data.pkl", pickle);
        await File.WriteAllBytesAsync(_folder["cut.pt"], (await File.ReadAllBytesAsync(_folder["evil.pt"]))[..^30]);
        var output = command.StartsWith("export", StringComparison.Ordinal) ? "out/w.npz" : command.StartsWith("import", StringComparison.Ordinal) ? "out/m.safetensors" : "out";

        var result = await Tool.RunAsync(
        [
            .. command.Split(' ').Select(word => word switch { "EVIL" => _folder["evil.pt"], "CUT" => _folder["cut.pt"], "SAMPLE" => Sample, _ => word }),
            "--out", _folder[output],
        ]);

        result.ExitCode.ShouldBe(2, result.Error);
        result.Error.ShouldContain(named);
        result.Error.ShouldNotContain("   at ");
        result.Output.ShouldBeEmpty();
        File.Exists(proof).ShouldBeFalse();
        File.Exists(_folder[output]).ShouldBeFalse();
        File.Exists(Path.Combine(_folder["out"], "run.json")).ShouldBeFalse();
    }

    private string[] Enhance(string output, params string[] models) =>
    [
        "enhance", "--dataset", Sample, "--out", _folder[output], "--limit", "60", "--iterations", "3", "--attack-batch", "8",
        "--surrogate-models", .. models.Select(model => _folder[model]),
    ];

    /// <summary>What a model file holds.</summary>
    private async Task<JsonElement> ContentAsync(string name) => JsonDocument.Parse(
        await RunAsync("export", "--model", _folder[$"{name}.safetensors"], "--out", _folder[$"{name}.npz"], "--json")).RootElement;

    private static async Task<string> RunAsync(params string[] arguments)
    {
        var result = await Tool.RunAsync(arguments);
        result.ExitCode.ShouldBe(0, result.Error);
        return result.Output;
    }

    private static async Task WriteZipAsync(string path, string name, byte[] content)
    {
        await using var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        await using var entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
        await entry.WriteAsync(content);
    }

    private static string Hash(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    private string Pixels(string output) => Hash(Path.Combine(_folder[output], "data.npy"));

    /// <summary>The hash of the ensemble in the manifest's first line of an attacked sample.</summary>
    private string Ensemble(string output)
    {
        var line = File.ReadLines(Path.Combine(_folder[output], "manifest.jsonl")).First(line => line.Contains("\"attack\"", StringComparison.Ordinal));
        return JsonDocument.Parse(line).RootElement.GetProperty("attack").GetProperty("surrogates").GetString()!;
    }
}
