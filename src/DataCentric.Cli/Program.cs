return await DataCentric.Cli.CommandLine.RunAsync(args);
