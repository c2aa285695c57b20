using Entente.Node.Features.Approvals;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange.Deadlines;
using Entente.Node.Features.Exchange.Duplicates;
using Entente.Node.Features.Exchange.Pages;
using Entente.Node.Features.Exchange.Rounds;
using Entente.Node.Features.Exchange.Sums;
using Entente.Node.Features.Recovery;
using Entente.Node.Web.Live;
using Entente.Node.Web.Navigation;
using Entente.Node.Web.Posting;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Entente.Node.Features.Exchange;

internal static class ExchangeRegistration
{
    public static IServiceCollection AddExchange(this IServiceCollection services)
    {
        services.TryAddSingleton<ExchangeFigures>();
        services.TryAddSingleton<ExchangeSums>();
        services.TryAddSingleton<DayCounter>();
        services.TryAddSingleton<SumKeeper>();
        services.AddHostedService<SumService>();
        services.TryAddSingleton<LegalClock>();
        services.TryAddSingleton<ClockKeeper>();
        services.TryAddSingleton<DutyBook>();
        services.TryAddSingleton<AlertBook>();
        services.TryAddSingleton<TakeOver>();
        services.TryAddSingleton<Twins>();
        services.TryAddSingleton<ProgressReception>();
        services.TryAddSingleton<PermissionReception>();
        services.TryAddSingleton<SearchWords>();
        services.TryAddSingleton<NodeMarking>();
        services.TryAddSingleton<CaseBook>();
        services.TryAddSingleton<PermissionBook>();
        services.TryAddSingleton<RequestLists>();
        services.TryAddSingleton<RequestSearch>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<INavCount, AlertBook>());
        services.TryAddSingleton<UnacknowledgedAlerts>();
        services.TryAddSingleton<AwaitedClarifications>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<INavCount, AwaitedClarifications>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<INavCount, UnacknowledgedAlerts>());
        AddDesks(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IReception, ExchangeReception>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDeliveryWatcher, ExchangeDelivery>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IErasureWatcher, ErasedWords>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IForgottenSending, ExchangeRecovery>());
        services.AddLive();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IReception, ExchangeNews>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDeliveryWatcher, ExchangeNews>());
        return services;
    }

    private static void AddDesks(IServiceCollection services)
    {
        services.TryAddSingleton<ForeignContents>();
        services.TryAddSingleton<RequestMessages>();
        services.TryAddSingleton<ReplyMessages>();
        services.TryAddSingleton<DraftReview>();
        services.TryAddSingleton<LeavingFacts>();
        services.TryAddSingleton<ProofLimit>();
        services.TryAddSingleton<SilentAnswers>();
        services.TryAddSingleton<RequestSending>();
        services.TryAddSingleton<AnswerSending>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IApprovalKind, SendApproval>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IApprovalKind, AnswerApproval>());
        services.TryAddSingleton<PostedForms>();
        services.TryAddSingleton<OneSending>();
        services.TryAddSingleton<RequestDesk>();
        services.TryAddSingleton<AnswerReview>();
        services.TryAddSingleton<AnswerDesk>();
        services.TryAddSingleton<ProgressDesk>();
        services.TryAddSingleton<ClockReview>();
        services.TryAddSingleton<ClockDesk>();
        services.TryAddSingleton<CaseDesk>();
        services.TryAddSingleton<PermissionDesk>();
        services.TryAddSingleton<CaseReader>();
        services.TryAddSingleton<RecentConsultations>();
        services.TryAddSingleton<ExchangeLive>();
        services.TryAddSingleton<DraftFiles>();
        services.TryAddSingleton<FormFiles>();
        services.TryAddSingleton<RoundDesk>();
        services.TryAddSingleton<RoundDrafts>();
        services.TryAddSingleton<AlertRounds>();
        services.TryAddSingleton<ComposeDesk>();
        services.TryAddSingleton<AnswerPageDesk>();
    }

    public static void MapExchange(this WebApplication app)
    {
        app.MapCaseDoors();
        app.MapUploads();
        app.MapDeadlines();
    }
}
