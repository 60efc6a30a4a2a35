using System.Text.Json.Serialization;

namespace DataCentric;

/// <summary>Processor time: what programs computed themselves, and what the system's kernel did for them (memory, files).</summary>
/// <param name="User">Seconds of the programs, over all processors; 0 or more.</param>
/// <param name="Kernel">Seconds of the kernel for them; 0 or more.</param>
public readonly record struct ProcessorSeconds(double User, double Kernel)
{
    /// <summary>What this process has used since it started.</summary>
    [JsonIgnore]
    public static ProcessorSeconds OfThisProcess => Of(Environment.CpuUsage);

    /// <summary>Both together.</summary>
    [JsonIgnore]
    public double Total => User + Kernel;

    /// <summary>The sum.</summary>
    public static ProcessorSeconds operator +(ProcessorSeconds first, ProcessorSeconds second) => new(first.User + second.User, first.Kernel + second.Kernel);

    /// <summary>What was used between two readings of one meter, to the millisecond; never less than 0, since the system counts in ticks.</summary>
    public static ProcessorSeconds operator -(ProcessorSeconds later, ProcessorSeconds earlier) =>
        new(Difference(later.User, earlier.User), Difference(later.Kernel, earlier.Kernel));

    private static double Difference(double later, double earlier) => Math.Max(0, Math.Round(later - earlier, 3));

    private static ProcessorSeconds Of(Environment.ProcessCpuUsage usage) => new(usage.UserTime.TotalSeconds, usage.PrivilegedTime.TotalSeconds);
}
