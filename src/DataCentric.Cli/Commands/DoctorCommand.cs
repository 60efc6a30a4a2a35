using DataCentric.Cli.Composition;

namespace DataCentric.Cli.Commands;

/// <summary><c>doctor</c>: what this machine has.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var (device, json) = (CommonOptions.Device(), CommonOptions.Json());
        var command = new Command("doctor", "Say what this machine has of what runs need, and attack a few made-up images. Exit code 1 where libtorch does not work.") { device, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var adversary = CommonOptions.Adversary(parsed.GetValue(device));
            var report = await MachineReport.MakeAsync(adversary, cancellationToken);
            Messages.Warnings(report.Problems);
            var code = Messages.Result(parsed.GetValue(json), report, () => Show(report));
            return report.Compute is null ? ExitCode.Failed : code;
        });
        return command;
    }

    private static void Show(MachineReport report)
    {
        var table = new FactsTable();
        table.Add("Version", report.Version);
        table.Add("System", report.System);
        table.Add("Runtime", report.Runtime);
        table.Add("Processors", $"{report.Processors}");
        table.Add("Memory", $"{new MemorySize(report.FreeMemoryBytes)} free of {new MemorySize(report.MemoryBytes)}");
        table.Add("Temporary files", $"{new MemorySize(report.TemporaryBytes)} free in {Path.GetTempPath()}");
        table.Add("Computing", report.Compute ?? "libtorch does not work here");
        table.Add("GPU", $"{report.GraphicsCard ?? "no NVIDIA card, or no driver"}{(report.IsBuiltForCuda ? "" : "; this is a build for processors (-p:TorchDevice=cuda makes one for CUDA)")}");
        if (report.AttackSeconds is { } seconds)
            table.Add("Small attack", string.Create(CultureInfo.InvariantCulture, $"{seconds:F2} s for {MachineReport.AttackedImages} images of 32x32 on one worker"));
        table.Add("Azurite", report.HasAzurite ? "answers on this machine" : "does not answer on this machine; only UseDevelopmentStorage=true needs it");
        table.Show();
    }
}
