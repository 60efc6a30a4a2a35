using System.Diagnostics;
using DataCentric.Adversarial.Isolation;
using DataCentric.Adversarial.Runtime;

namespace DataCentric.Cli.Composition;

/// <summary>This program as the process that trains and attacks for another one: <c>datacentric compute-server cpu</c>, for no user.</summary>
internal static class ComputeProgram
{
    private const string Word = "compute-server";

    /// <summary>Training and attack in processes of their own.</summary>
    /// <param name="device">Where to compute.</param>
    public static IsolatedAdversary Adversary(DeviceChoice device) => new(device, () => Start(device));

    /// <summary>Whether this process is such a one; then it has served, and is to end.</summary>
    /// <param name="args">Arguments of the process.</param>
    public static bool HasServed(string[] args)
    {
        if (args is not [Word, var name] || !Enum.TryParse<DeviceChoice>(name, out var device))
            return false;
        using var server = new ComputeServer(device, Console.OpenStandardInput(), Console.OpenStandardOutput());
        server.Run();
        return true;
    }

    private static ProcessStartInfo Start(DeviceChoice device)
    {
        var own = typeof(ComputeProgram).Assembly;
        var start = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == own.GetName().Name
            ? new ProcessStartInfo(Environment.ProcessPath!)
            : new ProcessStartInfo("dotnet") { ArgumentList = { own.Location } };
        start.ArgumentList.Add(Word);
        start.ArgumentList.Add(device.ToString());
        return start;
    }
}
