using DataCentric.Cli.Composition;
using DataCentric.Imaging.Corruptions;
using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Evaluation.TestSets;

namespace DataCentric.Cli.Commands;

/// <summary><c>testset</c>: the test sets from clean test images.</summary>
internal static class TestSetCommand
{
    public static Command Create()
    {
        var dataset = CommonOptions.Dataset("Clean test images that no network was trained on.");
        var output = CommonOptions.Out("Folder for the test sets, or blob storage by address or connection string; what it holds already is used again.");
        var training = CommonOptions.Several("--training", "Training sets that test images are looked for in. Held-out networks are trained on the first. [default: none]", "PATH");
        var attackers = CommonOptions.Several("--attackers", "Model files of held-out networks that attack. [default: trained on the first training set]", "MODEL");
        var switches = Switches.Of<TestSetOptions>();
        var (workers, device, overwrite, json) = (CommonOptions.Workers(), CommonOptions.Device(), CommonOptions.Overwrite(), CommonOptions.Json());
        var command = new Command("testset", "Make the test sets that robustness is measured on: clean, attacked by held-out networks, corrupted in the ways of CIFAR-10-C or ImageNet-C, and C-bar.")
        {
            dataset, output, training, attackers,
        };
        foreach (var option in switches.All.Concat([workers, device, overwrite, json]))
            command.Options.Add(option);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = switches.Apply(parsed, new TestSetOptions());
            var request = new TestSetRequest(parsed.GetValue(dataset)!, parsed.GetValue(training) ?? [], options) { Attackers = parsed.GetValue(attackers) ?? [] };
            var store = DataStores.Open(Readable(parsed.GetValue(output)!));
            Overlap.Refuse(store.Location, [request.Dataset, .. request.Training]);
            using var adversary = CommonOptions.Adversary(parsed.GetValue(device));
            var builder = new TestSetBuilder(store, new NamedDatasetLocator(), adversary, new ActivityLines(Messages.Terminal, TimeProvider.System));

            var record = await OutputPlace.WriteAsync(
                store,
                TestSetBuilder.ClaimOn(store) with { Overwrite = parsed.GetValue(overwrite) },
                token => builder.MakeAsync(request, parsed.GetValue(workers) ?? Environment.ProcessorCount, token),
                cancellationToken);
            return Messages.Result(parsed.GetValue(json), record, () => Show(record, store.Location));
        });
        return command;
    }

    /// <summary>A place that <c>score --test</c> can read: of addresses and connection strings only those that name a folder in the container.</summary>
    private static string Readable(string place)
    {
        if (DataStores.IsRemote(place))
            _ = DataStores.OpenItem(place);
        return place;
    }

    private static void Show(TestSetRecord record, string place)
    {
        var table = new FactsTable();
        table.Add("Test sets", place);
        table.Add("Images", string.Create(CultureInfo.InvariantCulture, $"3 x {record.Count} of {record.Shape}"));
        table.Add("Attacked", $"{string.Join(", ", record.Attacks.Select(attack => $"{AttackProfiles.Find(attack.Key)?.Name ?? attack.Key} {attack.Value}"))}, by {string.Join(", ", record.Attackers.Select(attacker => attacker.Architecture))}");
        if (record.Strength is { } strength)
        {
            table.Add("Right before and after", string.Join(", ", strength.Attackers.Select(Fall)));
            if (strength.Raw is { } raw)
                table.Add("Network of the raw set", Fall(raw));
        }

        table.Add("Corrupted", $"{record.Kinds.Count} kinds, severity 1 to 5, constants of {(record.Options.CorruptionSet == CorruptionCatalog.ImageNet ? "ImageNet-C" : "CIFAR-10-C")}");
        table.Add("In the training data", $"{record.Leaks.Exact} exactly, {record.Leaks.Near} nearly, {record.Leaks.Dropped} left out; protocol {record.Options.Protocol.ToString().ToLowerInvariant()}");
        table.Add("SHA-256", record.Sha256);
        table.Show();
        Messages.Warnings(record.Strength?.Warnings ?? []);

        static string Fall(NetworkStrength network) =>
            string.Create(CultureInfo.InvariantCulture, $"{network.Architecture} {network.Clean:F1} -> {network.Attacked:F1} %");
    }
}
