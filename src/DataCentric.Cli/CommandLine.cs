using DataCentric.Cli.Commands;
using DataCentric.Cli.Composition;
using DataCentric.Pipeline.Workflow;

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
            CompletionCommand.Create(),
        };
        StoppableAction.Wrap(root);
        HelpWithExamples.AddTo(root);
        return root;
    }

    public static async Task<int> RunAsync(string[] args)
    {
        if (ComputeProgram.HasServed(args))
            return ExitCode.Done;
        using var telemetry = Telemetry.Start();
        var root = Create();
        var parsed = root.Parse(args);

        // What a shell asks for is a line that is still being typed: it is meant to be wrong.
        if (root.Directives.Any(directive => parsed.GetResult(directive) is not null))
            return await parsed.InvokeAsync();
        foreach (var error in parsed.Errors)
            Messages.Error(error.Message);
        if (parsed.Errors.Count > 0)
        {
            Messages.Hint($"Try: datacentric {parsed.CommandResult.Command.Name} --help".Replace(" datacentric --help", " --help", StringComparison.Ordinal));
            return ExitCode.BadInput;
        }

        var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = StoppableAction.Patience };
        try
        {
            var code = await parsed.InvokeAsync(invocation);
            return code is StoppableAction.Interrupted or StoppableAction.Terminated ? SayStopped() : code;
        }
        catch (InputException exception)
        {
            Messages.Error(exception.Message);
            return ExitCode.BadInput;
        }
        catch (OperationCanceledException)
        {
            return SayStopped();
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException or StoreException or ShardsFailedException)
        {
            Messages.Error(exception.Message);
            Messages.Hint(Messages.GoesOn);
            return ExitCode.Failed;
        }
    }

    private static int SayStopped()
    {
        Messages.Error($"Stopped. {Messages.GoesOn}");
        return ExitCode.Stopped;
    }
}
