using DataCentric.Cli;

return await CommandLine.RunAsync(args);
