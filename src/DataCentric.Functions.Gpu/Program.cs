using DataCentric.Functions;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.AddWorkerDefaults().AddTorch();
builder.Build().Run();
