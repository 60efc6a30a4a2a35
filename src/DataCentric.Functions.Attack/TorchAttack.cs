using DataCentric.Adversarial;
using DataCentric.Attacks;
using DataCentric.Pipeline.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace DataCentric.Functions.Attack;

/// <summary>Registers the attack.</summary>
public static class TorchAttack
{
    /// <summary>Adds the activities that train and attack, on libtorch.</summary>
    /// <param name="services">The host's services.</param>
    public static IServiceCollection AddTorchAttack(this IServiceCollection services) =>
        services.AddSingleton<IAdversary, TorchAdversary>().AddAttackActivities();
}
