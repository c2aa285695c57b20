namespace Entente.Node.Features.Record;

internal static class RecordRegistration
{
    public static IServiceCollection AddRecord(this IServiceCollection services) =>
        services.AddSingleton<RecordBook>().AddSingleton<RecordDesk>().AddSingleton<Recorder>();

    public static void MapRecord(this WebApplication app) { }
}
