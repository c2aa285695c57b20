namespace Entente.Node.Guard;

internal static class GuardRegistration
{
    public static IServiceCollection AddGuard(this IServiceCollection services) => services;
}
