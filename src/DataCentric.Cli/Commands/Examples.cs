namespace DataCentric.Cli.Commands;

/// <summary>An example of a command line.</summary>
/// <param name="Purpose">What it does.</param>
/// <param name="Line">What to type.</param>
internal sealed record Example(string Purpose, string Line);

/// <summary>Examples of each verb, shown by its help. A test parses them all.</summary>
internal static class Examples
{
    private static readonly Dictionary<string, Example[]> ByVerb = new(StringComparer.Ordinal)
    {
        [""] =
        [
            new("Look at a data set", "datacentric inspect samples/fashion-mnist --sheet classes.png"),
            new("Make its enhanced version and watch it in a browser", "datacentric enhance --dataset samples/fashion-mnist --out out --serve"),
            new("Read the result again", "datacentric verify out"),
        ],
        ["enhance"] =
        [
            new("A first set from a random thousand images", "datacentric enhance --dataset samples/fashion-mnist --out first --limit 1000"),
            new("How long would it take, and how much memory?", "datacentric enhance --dataset cifar-10/data_batch_1.bin --out A --dry-run"),
            new("A fifth clean, a fifth attacked, the rest corrupted; with terms and version for the dataset card",
                "datacentric enhance --dataset cifar-10/data_batch_1.bin --out A --split 1:1:3 --seed 7 --license CC-BY-4.0 --data-version 1.1.0"),
            new("Attack with networks of your own, and measure the transfer to another",
                "datacentric enhance --dataset photos --out B --surrogate-models a.safetensors b.safetensors --held-out c.safetensors"),
            new("Attack with published networks, fine-tuned on the data set first",
                "datacentric enhance --dataset photos --out F --surrogate-init resnet50.safetensors densenet121.safetensors"),
            new("The options of another run for other data", "datacentric enhance --dataset photos --out D --options A/run.json"),
            new("Watch it on a page that becomes the report", "datacentric enhance --dataset photos --out C --serve 8080"),
            new("Let an app in Azure do it: upload the set, start the run, follow it, fetch the result",
                "datacentric enhance --dataset photos --out C --on https://NAME.azurewebsites.net --account https://ACCOUNT.blob.core.windows.net"),
            new("Go on after an interruption, with another format beside", "datacentric enhance --out C --resume --formats parquet,folder"),
        ],
        ["corrupt"] =
        [
            new("The published corruptions of the paper, each over the whole set", "datacentric corrupt --dataset cifar-10/test_batch.bin --out C"),
            new("A test set in the layout of CIFAR-10-C", "datacentric corrupt --dataset cifar-10/test_batch.bin --out C --set cifar --severity 1..5 --layout cifar-c"),
            new("Corruptions unlike those, in the layout of CIFAR-10-C-bar", "datacentric corrupt --dataset cifar-10/test_batch.bin --out U --set cifar-bar --severity 1..5 --layout cifar-c"),
            new("Two kinds, mildly", "datacentric corrupt --dataset photos --out mild --set imagenet --kinds fog,snow --severity 1"),
        ],
        ["train"] =
        [
            new("Train one network in the ordinary way", "datacentric train --dataset A --arch resnet20 --epochs 30 --out resnet20.safetensors"),
            new("Fine-tune a published one for other classes", "datacentric train --dataset photos --init resnet50.safetensors --out mine.safetensors"),
        ],
        ["testset"] =
        [
            new("Test sets that hold no image of the training set", "datacentric testset --dataset cifar-10/test_batch.bin --training cifar-10/data_batch_1.bin --leaks drop --out testsets"),
        ],
        ["score"] =
        [
            new("Is a network trained on the enhanced set more robust?", "datacentric score --raw cifar-10/data_batch_1.bin --enhanced A --test testsets --out S"),
            new("Published networks, fine-tuned on each set", "datacentric score --raw photos --enhanced A --test testsets --out S --init resnet50.safetensors"),
            new("Several networks and seeds", "datacentric score --raw photos --enhanced A B --test testsets --out S --arch vgg_compact,wrn_compact --seeds 1,2"),
        ],
        ["convert"] =
        [
            new("Write a finished set for other tools", "datacentric convert A --formats parquet,webdataset"),
            new("A folder of pictures as small as photographs", "datacentric convert A --formats folder --image-format jpeg:95"),
        ],
        ["import"] =
        [
            new("A network trained with PyTorch",
                "datacentric import --weights resnet20.pth --arch resnet20 --shape 32x32 --mean .485,.456,.406 --std .229,.224,.225 --out resnet20.safetensors"),
            new("Weights of torchvision, recognised by themselves", "datacentric import --weights resnet50.pth --out resnet50.safetensors"),
        ],
        ["export"] = [new("Weights for PyTorch or numpy", "datacentric export --model resnet20.safetensors --out resnet20.npz")],
        ["verify"] =
        [
            new("Counts, hashes, labels and norms of a set", "datacentric verify out"),
            new("Compare pixels with the source, too, for a script", "datacentric verify out --dataset samples/fashion-mnist --json"),
        ],
        ["report"] =
        [
            new("Write report, dataset card and Croissant description again", "datacentric report out"),
            new("Show in the report how networks trained on the set did", "datacentric report out --score scores/score.json"),
        ],
        ["inspect"] =
        [
            new("Counts, balance, means, duplicates", "datacentric inspect cifar-10/data_batch_1.bin"),
            new("A picture of every class", "datacentric inspect photos --sheet classes.png"),
        ],
        ["fetch"] = [new("CIFAR-10 from its authors; stopped, it goes on", "datacentric fetch cifar10 --out cifar-10")],
        ["upload"] = [new("Upload a set to the local emulator, which starts a run there", "datacentric upload --dataset photos --to UseDevelopmentStorage=true")],
        ["doctor"] = [new("Does this machine have what runs need?", "datacentric doctor")],
        ["help"] = [new("All options of a verb, with their defaults", "datacentric help enhance")],
        ["runs"] =
        [
            new("What runs on the app, and what failed there?", "datacentric runs list --app http://localhost:7071 --state running,failed"),
            new("Follow a run to its end", "datacentric runs watch 0a1b2c3d4e5f60718293 --app http://localhost:7071"),
        ],
        ["completion"] =
        [
            new("For this session of bash; in ~/.bashrc for all", "datacentric completion bash"),
        ],
    };

    /// <summary>Examples of a verb; none where there are none.</summary>
    /// <param name="verb">Its name, or empty for the tool itself.</param>
    public static IReadOnlyList<Example> Of(string verb) => ByVerb.GetValueOrDefault(verb) ?? [];
}
