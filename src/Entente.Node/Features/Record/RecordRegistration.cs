namespace Entente.Node.Features.Record;

internal static class RecordRegistration
{
    public static IServiceCollection AddRecord(this IServiceCollection services) => services.AddSingleton<RecordBook>();

    public static void MapRecord(this WebApplication app) { }
}
