namespace Entente.Node.Features.Record;

internal static class RecordRegistration
{
    public static IServiceCollection AddRecord(this IServiceCollection services) =>
        services
            .AddSingleton<RecordBook>()
            .AddSingleton<RecordDesk>()
            .AddSingleton<Recorder>()
            .AddSingleton<RecordEntries>()
            .AddSingleton<RecordSearch>()
            .AddSingleton<Corrections>()
            .AddSingleton<PartnerBook>()
            .AddSingleton<MeetingBook>()
            .AddSingleton<InstrumentBook>()
            .AddSingleton<CommitmentBook>();

    public static void MapRecord(this WebApplication app) => RecordDoors.Map(app);
}
