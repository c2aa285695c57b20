using Entente.Node.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Entente.Node.Storage;

internal static class StorageRegistration
{
    public static IServiceCollection AddStorage(this IServiceCollection services, NodeHome home, NodeOptions options)
    {
        services.TryAddSingleton(_ => new Database(home.ConnectionString(options)));
        services.TryAddSingleton(_ => MasterKey.Load(home.MasterKeyFile));
        services.TryAddSingleton<Ids>();
        services.TryAddSingleton<ContentSeal>();
        services.TryAddSingleton<Migrator>();
        services.AddHostedService<Partitions>();
        return services;
    }
}
