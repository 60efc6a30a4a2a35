namespace DataCentric.Cli.Terminal;

/// <summary>How the tool ends.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The run failed.</summary>
    public const int Failed = 1;

    /// <summary>Bad arguments or input.</summary>
    public const int BadInput = 2;

    /// <summary>Stopped by Ctrl-C or SIGTERM.</summary>
    public const int Stopped = 130;
}
