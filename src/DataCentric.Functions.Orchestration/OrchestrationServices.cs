using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Hosting;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Results;
using DataCentric.Pipeline.Starts;
using DataCentric.Pipeline.Workflow;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DataCentric.Functions;

/// <summary>Registers what starts runs and the activities that need no torch.</summary>
public static class OrchestrationServices
{
    /// <summary>Settings: those of <see cref="FanOutLimits"/> below <c>DataCentric:Limits</c>. A run keeps those it was started with.</summary>
    /// <param name="builder">The app.</param>
    public static FunctionsApplicationBuilder AddOrchestration(this FunctionsApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var limits = OptionsCheck.Validated(builder.Configuration.GetSection("DataCentric:Limits").Get<FanOutLimits>() ?? new FanOutLimits());
        builder.Services
            .AddDataActivities()
            .AddSingleton<RunReport>()
            .AddSingleton<UploadStarter>()
            .AddSingleton(provider => new RunStarter(
                provider.GetRequiredService<StoredDatasets>(), provider.GetRequiredService<PipelineStores>().Models, limits));
        return builder;
    }
}
