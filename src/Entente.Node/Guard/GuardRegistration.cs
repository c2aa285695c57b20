using Entente.Node.Features.Delivery;
using Entente.Node.Features.Recovery;
using Entente.Node.Guard.Explained;
using Entente.Node.Profiles;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Entente.Node.Guard;

internal static class GuardRegistration
{
    public static IServiceCollection AddGuard(this IServiceCollection services)
    {
        services.AddProfiles();
        foreach (var rule in Rules())
        {
            services.TryAddEnumerable(ServiceDescriptor.Singleton(typeof(IRule), rule));
        }

        services.TryAddSingleton<DisclosureGuard>();
        services.TryAddSingleton<DecisionBook>();
        services.TryAddSingleton<UseFacts>();
        services.TryAddSingleton<UseDoor>();
        services.TryAddSingleton<CountDoor>();
        services.TryAddSingleton<ExitDoor>();
        services.TryAddSingleton<RulesDocument>();
        services.TryAddSingleton<WhatIf>();
        services.TryAddSingleton<UseConditions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IReception, GuardReception>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IForgottenSending, ConditionsRecovery>());
        return services;
    }

    internal static IEnumerable<Type> Rules() =>
        typeof(IRule)
            .Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IRule)));
}
