using DataCentric.Cli;

// Before anything else is loaded: every assembly takes an open file, those of messages too.
if (OpenFiles.Problem() is { } problem)
{
    Console.Error.WriteLine($"error {problem}");
    return ExitCode.Failed;
}

return await CommandLine.RunAsync(args);
