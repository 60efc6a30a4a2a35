using DataCentric.Cli;
using DataCentric.Cli.Composition;

using var telemetry = Telemetry.Start();
return await CommandLine.RunAsync(args);
