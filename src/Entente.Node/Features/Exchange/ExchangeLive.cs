using Entente.Node.Storage;
using Entente.Node.Web.Live;

namespace Entente.Node.Features.Exchange;

/// <summary>Tells open lists and the open case that something in them has changed, once it is durable.</summary>
internal sealed class ExchangeLive(LiveEvents live)
{
    public void Changed(Transaction transaction, RequestRow row) => Changed(transaction, row.Unit, row.CaseId);

    public void Changed(Transaction transaction, IReadOnlyList<RequestRow> rows)
    {
        foreach (var (unit, caseId) in rows.Select(row => (row.Unit, row.CaseId)).Distinct())
        {
            Changed(transaction, unit, caseId);
        }
    }

    /// <param name="unit">Ours; empty concerns everybody who works on cases.</param>
    public void Changed(Transaction transaction, string unit, string caseId)
    {
        var topic = unit.Length == 0 ? LiveTopic.Cases : LiveTopic.Unit(unit);
        transaction.AfterCommit(() =>
        {
            live.Publish(topic, "inbox");
            live.Publish(topic, "places");
            live.Publish(topic, "outbox");
            live.Publish(topic, $"case-{caseId}");
            live.Publish(topic, $"state-{caseId}");
        });
    }
}
