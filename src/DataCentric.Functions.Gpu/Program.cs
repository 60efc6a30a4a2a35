using DataCentric.Functions;
using DataCentric.Functions.Attack;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.AddWorkerDefaults();
builder.Services.AddTorchAttack();
builder.Build().Run();
