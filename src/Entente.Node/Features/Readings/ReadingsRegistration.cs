namespace Entente.Node.Features.Readings;

internal static class ReadingsRegistration
{
    public static IServiceCollection AddReadings(this IServiceCollection services) =>
        services
            .AddSingleton<ReadingStore>()
            .AddSingleton<BatchStore>()
            .AddSingleton<ReadingDesk>()
            .AddSingleton<ReadingReview>()
            .AddSingleton<WatchedFiles>()
            .AddSingleton<FolderWatch>()
            .AddHostedService(s => s.GetRequiredService<FolderWatch>())
            .AddSingleton<ReadingAcceptance>();

    public static void MapReadings(this WebApplication app) => ReadingDoors.Map(app);
}
