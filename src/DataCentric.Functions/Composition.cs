using DataCentric.Pipeline.DataSets;
using DataCentric.Pipeline.Results;
using DataCentric.Pipeline.Starts;
using DataCentric.Pipeline.Workflow;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DataCentric.Functions;

/// <summary>What starts runs.</summary>
internal static class Composition
{
    /// <summary>Settings: those of <see cref="FanOutLimits"/> below <c>DataCentric:Limits</c>. A run keeps those it was started with.</summary>
    public static IServiceCollection AddRunStarts(this IServiceCollection services, IConfiguration settings)
    {
        var limits = OptionsCheck.Validated(settings.GetSection("DataCentric:Limits").Get<FanOutLimits>() ?? new FanOutLimits());
        return services
            .AddSingleton<RunReport>()
            .AddSingleton(provider => new RunStarter(provider.GetRequiredService<StoredDatasets>(), limits));
    }
}
