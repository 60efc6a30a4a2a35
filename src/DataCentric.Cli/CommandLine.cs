using DataCentric.Cli.Commands;
using DataCentric.Cli.Composition;

namespace DataCentric.Cli;

/// <summary>The verbs, and how a run ends: 0 done, 1 the run failed, 2 bad arguments or input, 130 stopped by Ctrl-C.</summary>
internal static class CommandLine
{
    /// <summary>All verbs.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand("Turns an image-classification data set into one of the same size on which ordinary training gives robust models.")
        {
            EnhanceCommand.Create(),
            CorruptCommand.Create(),
            TrainCommand.Create(),
            TestSetCommand.Create(),
            ScoreCommand.Create(),
            ConvertCommand.Create(),
            ImportCommand.Create(),
            ExportCommand.Create(),
            VerifyCommand.Create(),
            ReportCommand.Create(),
            InspectCommand.Create(),
            FetchCommand.Create(),
            UploadCommand.Create(),
            RunsCommand.Create(),
            DoctorCommand.Create(),
            CompletionCommand.Create(),
            CommonOptions.Quiet(),
        };
        root.Subcommands.Add(HelpCommand.Create(root));
        EmptyValues.Refuse(root);
        Mistyped.Refuse(root);
        NetworkNames.Check(root);
        Completions.AddTo(root);
        HelpWithExamples.AddTo(root);
        return root;
    }

    /// <summary>Runs a command line.</summary>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(string[] args)
    {
        if (ComputeProgram.HasServed(args))
            return Task.FromResult(ExitCode.Done);
        var advice = "";
        StopSignals.Listen();
        return LastCatch.RunAsync(RunAsync, () => advice);

        async Task<int> RunAsync()
        {
            using var telemetry = Telemetry.Start();
            var root = Create();
            var parsed = root.Parse(BareDataset.Named(root, args));

            // What a shell asks for is a line that is still being typed: it is meant to be wrong.
            if (root.Directives.Any(directive => parsed.GetResult(directive) is not null))
                return await parsed.InvokeAsync();
            if (parsed.Errors.Count > 0)
                return Refuse(parsed);
            if (parsed.GetValue<bool>(CommonOptions.QuietName))
                Messages.BeQuiet();
            advice = AdviceOf(parsed.CommandResult.Command.Name);
            var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await StopSignals.RunAsync(stop => parsed.InvokeAsync(invocation, stop));
        }
    }

    private static int Refuse(ParseResult parsed)
    {
        foreach (var problem in Mistyped.Problems(parsed))
            Messages.Error(problem);
        Messages.Hint($"Try: datacentric {parsed.CommandResult.Command.Name} --help".Replace(" datacentric --help", " --help", StringComparison.Ordinal));
        return ExitCode.BadInput;
    }

    /// <summary>What to say of a verb that ended early: what it left, and what the same command does.</summary>
    private static string AdviceOf(string verb) => verb switch
    {
        "enhance" or "train" or "testset" or "score" or "convert" or "fetch" => Messages.GoesOn,
        "corrupt" or "upload" => Messages.BeginsAnew,
        _ => "",
    };
}
