namespace Entente.Node.Features.Exchange;

internal static class ExchangeRegistration
{
    public static IServiceCollection AddExchange(this IServiceCollection services) =>
        services.AddSingleton<ExchangeFigures>();

    public static void MapExchange(this WebApplication app) { }
}
