namespace Entente.Node.Features.Readings;

internal static class ReadingsRegistration
{
    public static IServiceCollection AddReadings(this IServiceCollection services) => services;

    public static void MapReadings(this WebApplication app) { }
}
