using DataCentric.Functions;
using DataCentric.Functions.Attack;
using DataCentric.Pipeline.Hosting;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

#if ATTACK_ACTIVITIES
#endif

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.AddWorkerDefaults();
builder.Services.AddDataActivities().AddRunStarts(builder.Configuration);
#if ATTACK_ACTIVITIES
builder.Services.AddTorchAttack();
#endif
builder.Build().Run();
