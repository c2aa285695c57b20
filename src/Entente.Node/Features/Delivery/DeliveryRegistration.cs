namespace Entente.Node.Features.Delivery;

internal static class DeliveryRegistration
{
    public static IServiceCollection AddDelivery(this IServiceCollection services) => services;

    public static void MapDelivery(this WebApplication app) { }
}
