using System.Data.Common;
using Dapper;
using Entente.Node.Commands.Demo;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Links;
using Entente.Node.Storage;
using Entente.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Bench;

/// <summary>Two nodes of one process, joined by the real ceremony, and what they send each other.</summary>
internal static class GrowthLink
{
    private static readonly Ids Ids = new(TimeProvider.System);

    public static async Task JoinAsync(ServiceProvider one, ServiceProvider other)
    {
        await OfferAsync(one, (await other.GetRequiredService<LinkCeremony>().OwnCardAsync(default)).Jws);
        await OfferAsync(other, (await one.GetRequiredService<LinkCeremony>().OwnCardAsync(default)).Jws);
    }

    /// <summary>Queues a message and seals it: the envelope as it would leave.</summary>
    public static async Task<byte[]> SendAsync(ServiceProvider node, LinkedPartner partner, string from, string to)
    {
        var outbox = node.GetRequiredService<Outbox>();
        await node.GetRequiredService<Database>()
            .WriteAsync(t => outbox.EnqueueAsync(t, Message(from, to, 1200), 1, "agent.liaison", default), default);
        var envelope = await node.GetRequiredService<Sealer>().SealNextAsync(partner, 1, default);
        return envelope!.Jwe; // Something was queued.
    }

    public static Message Message(string from, string to, int padding) =>
        new()
        {
            Id = Guid.Parse(Ids.New()),
            Kind = Kinds.Request,
            From = Address.Parse($"liaison@{from}"),
            To = Address.Parse($"liaison@{to}"),
            Case = Guid.Parse(Ids.New()),
            Sent = WireTime.Round(TimeProvider.System.GetUtcNow()),
            Subject = "Demande d’essai",
            Language = "fr",
            Profile = new ProfileReference(DemoTerms.Settings.ProfileId, DemoTerms.Settings.ProfileVersion),
            Classification = new Classification("MA", "1", 0, "Non classifié"),
            Handling = ["H1"],
            Purpose = "prevention",
            Basis = new Basis("accord-bilateral", "4"),
            Body = new RequestBody
            {
                Domain = "organised-crime",
                Urgency = Urgency.Other,
                Justification = "Mesure ; aucune donnée réelle.",
                Questions = [new string('x', padding + 1)],
            }.ToBody(),
        };

    /// <summary>The engine's own statistics, as autovacuum or an hour of work would have left them.</summary>
    public static Task<int> AnalyseAsync(DbConnection connection, bool postgres) =>
        connection.ExecuteAsync(postgres ? "VACUUM ANALYZE" : "PRAGMA wal_checkpoint(TRUNCATE)", commandTimeout: 3600);

    private static async Task OfferAsync(ServiceProvider node, string card)
    {
        var ceremony = node.GetRequiredService<LinkCeremony>();
        var offered = await node.GetRequiredService<Database>()
            .WriteAsync(t => ceremony.AcceptAsync(t, card, DemoTerms.Settings, "securite-1", default), default);
        var partner = offered.Link!.Partner; // A card fresh from its node.
        await ceremony.ConfirmAsync(partner, "securite-1", default);
        await ceremony.ConfirmAsync(partner, "securite-2", default);
    }
}
