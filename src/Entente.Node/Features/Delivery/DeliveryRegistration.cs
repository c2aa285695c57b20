using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Entente.Node.Features.Delivery;

internal static class DeliveryRegistration
{
    public static IServiceCollection AddDelivery(this IServiceCollection services)
    {
        services.TryAddSingleton<MessageStore>();
        services.TryAddSingleton<CourierSignals>();
        services.TryAddSingleton<Outbox>();
        return services;
    }

    public static void MapDelivery(this WebApplication app) { }
}
