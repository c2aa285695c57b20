using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Entente.Node.Features.Backup;

internal static class BackupRegistration
{
    public static IServiceCollection AddBackup(this IServiceCollection services)
    {
        services.TryAddSingleton<RecoverySetting>();
        services.TryAddSingleton<BackupRun>();
        return services;
    }
}
