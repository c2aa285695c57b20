using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Tests.Support;

/// <summary>Messages about nobody.</summary>
internal static class TestMessages
{
    private static readonly Ids Ids = new(TimeProvider.System);

    public static Message Request(
        string from = "ma.interieur",
        string to = "es.interior",
        string text = "Texte d’essai"
    ) =>
        new()
        {
            Id = Guid.Parse(Ids.New()),
            Kind = Kinds.Request,
            From = Address.Parse($"liaison@{from}"),
            To = Address.Parse($"liaison@{to}"),
            Case = Guid.Parse(Ids.New()),
            Sent = WireTime.Round(TimeProvider.System.GetUtcNow()),
            Subject = "Objet d’essai",
            Language = "fr",
            Profile = new ProfileReference("test", "2026-01-01"),
            Classification = new Classification("test", "1", 0, "NC"),
            Purpose = "prevention",
            Basis = new Basis("instrument-1"),
            Body = new RequestBody
            {
                Domain = "terrorism",
                Urgency = Urgency.Other,
                Justification = text,
                Questions = ["Une question ?"],
            }.ToBody(),
        };
}
