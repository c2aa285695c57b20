using Entente.Node.Features.Accounts;
using Entente.Node.Features.Activities;
using Entente.Node.Features.Approvals;
using Entente.Node.Features.Audit;
using Entente.Node.Features.Backup;
using Entente.Node.Features.Breach;
using Entente.Node.Features.Briefing;
using Entente.Node.Features.Carrier;
using Entente.Node.Features.Commitments;
using Entente.Node.Features.Corrections;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Evidence;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Links;
using Entente.Node.Features.Meetings;
using Entente.Node.Features.Protection;
using Entente.Node.Features.Readings;
using Entente.Node.Features.Record;
using Entente.Node.Features.Recovery;
using Entente.Node.Features.Retention;
using Entente.Node.Features.Rights;
using Entente.Node.Features.Statistics;
using Entente.Node.Features.Texts;
using Entente.Node.Features.Transfers;
using Entente.Node.Guard;
using Entente.Node.Instances;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Node.Web;

namespace Entente.Node.Hosting;

/// <summary>Puts a node together: each feature adds its services and maps its doors.</summary>
internal static class NodeHost
{
    /// <param name="home">The node's folder; `entente init` made it.</param>
    /// <param name="clock">The system's clock, or a test's.</param>
    /// <param name="more">Services of a test's own.</param>
    public static WebApplication Build(
        NodeHome home,
        TimeProvider? clock = null,
        Action<IServiceCollection>? more = null
    )
    {
        var options = home.Load();
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions
            {
                ApplicationName = typeof(NodeHost).Assembly.GetName().Name,
                ContentRootPath = AppContext.BaseDirectory,
            }
        );
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddSingleton(home);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        AddNode(builder.Services, home, options);
        more?.Invoke(builder.Services);
        builder.AddLinkEndpoint(options);
        builder.AddObservability(options);
        var app = builder.Build();
        MapNode(app);
        return app;
    }

    /// <summary>What commands that do not serve need too.</summary>
    public static void AddNode(IServiceCollection services, NodeHome home, NodeOptions options) =>
        services
            .AddMeters()
            .AddStorage(home, options)
            .AddLedger()
            .AddGuard()
            .AddAccounts(options)
            .AddApprovals()
            .AddProtection()
            .AddLinks()
            .AddDelivery()
            .AddCarrier()
            .AddExchange()
            .AddCorrections()
            .AddStatistics()
            .AddEvidence()
            .AddRecord()
            .AddCommitments()
            .AddMeetings()
            .AddActivities()
            .AddBriefing()
            .AddReadings()
            .AddRetention()
            .AddTransfers()
            .AddTexts()
            .AddBreach()
            .AddRights()
            .AddAudit()
            .AddBackup()
            .AddRecovery()
            .AddInstances()
            .AddPages();

    private static void MapNode(WebApplication app)
    {
        app.UseLinkDoor(door => door.UseDelivery());
        app.UsePages();
        app.MapObservability();
        app.MapAccounts();
        app.MapApprovals();
        app.MapProtection();
        app.MapLinks();
        app.MapDelivery();
        app.MapExchange();
        app.MapCorrections();
        app.MapStatistics();
        app.MapEvidence();
        app.MapRecord();
        app.MapCommitments();
        app.MapMeetings();
        app.MapBriefing();
        app.MapReadings();
        app.MapRetention();
        app.MapTransfers();
        app.MapTexts();
        app.MapBreach();
        app.MapRights();
        app.MapAudit();
        app.MapPages();
    }
}
