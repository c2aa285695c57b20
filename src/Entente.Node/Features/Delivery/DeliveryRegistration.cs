using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Entente.Node.Features.Delivery;

internal static class DeliveryRegistration
{
    public static IServiceCollection AddDelivery(this IServiceCollection services)
    {
        services.TryAddSingleton<MessageStore>();
        services.TryAddSingleton<MessageFollower>();
        services.TryAddSingleton<SignedEnvelopes>();
        services.TryAddSingleton<CarriedEnvelopes>();
        services.TryAddSingleton<CarriedFiles>();
        services.TryAddSingleton<AttachmentFiles>();
        services.TryAddSingleton<AttachmentStore>();
        services.TryAddSingleton<ForkAlarm>();
        services.TryAddSingleton<MessageErasure>();
        services.TryAddSingleton<CaseMessages>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IErasureWatcher, ErasedFiles>());
        services.AddSending();
        services.AddReceiving();
        return services;
    }

    /// <summary>What stands behind the link door.</summary>
    public static void UseDelivery(this IApplicationBuilder door)
    {
        var delivery = door.ApplicationServices.GetRequiredService<DeliveryDoor>();
        door.Run(delivery.ServeAsync);
    }

    public static void MapDelivery(this WebApplication app) { }

    private static void AddSending(this IServiceCollection services)
    {
        services.TryAddSingleton<CourierSignals>();
        services.TryAddSingleton<Outbox>();
        services.TryAddSingleton<QuietLinks>();
        services.TryAddSingleton<QuietDays>();
        services.TryAddSingleton<Sealer>();
        services.TryAddSingleton<PartnerClients>();
        services.TryAddSingleton<PartnerDoor>();
        services.TryAddSingleton<Settlement>();
        services.TryAddSingleton<UploadRows>();
        services.TryAddSingleton<AttachmentUpload>();
        services.TryAddSingleton<ConsistencyCheck>();
        services.TryAddSingleton<EnvelopePost>();
        services.TryAddSingleton<LinkCourier>();
        services.TryAddSingleton<CourierLoop>();
        services.TryAddSingleton<LinkShare>();
        services.TryAddSingleton<LinkHealth>();
        services.AddHostedService<CourierService>();
        services.AddHostedService<UploadService>();
        services.AddHostedService(s => s.GetRequiredService<QuietDays>());
    }

    private static void AddReceiving(this IServiceCollection services)
    {
        services.TryAddSingleton<LinkGates>();
        services.TryAddSingleton<ReceivingOrder>();
        services.TryAddSingleton<RefusalLedger>();
        services.TryAddSingleton<RefusalDays>();
        services.AddHostedService(s => s.GetRequiredService<RefusalDays>());
        services.TryAddSingleton<ReceivingTransaction>();
        services.TryAddSingleton<EnvelopeOpening>();
        services.TryAddSingleton<AgreementUse>();
        services.TryAddSingleton<Receiver>();
        services.TryAddSingleton<HeldChunks>();
        services.TryAddSingleton<AttachmentDoor>();
        services.AddHostedService<ChunkSweep>();
        services.TryAddSingleton<InclusionDoor>();
        services.TryAddSingleton<DeliveryDoor>();
    }
}
