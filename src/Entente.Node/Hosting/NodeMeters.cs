using System.Diagnostics.Metrics;

namespace Entente.Node.Hosting;

/// <summary>
/// What the node counts of itself, under the meter `Entente.Node`. Tags are node ids, message kinds and rule names: never
/// a person, never content. ASP.NET Core's own meters count requests and their durations.
/// </summary>
internal sealed class NodeMeters
{
    public const string Name = "Entente.Node";

    private readonly Counter<long> _envelopesSent;
    private readonly Counter<long> _envelopesReceived;
    private readonly Counter<long> _messages;
    private readonly Counter<long> _refusals;
    private readonly Histogram<double> _deliveries;

    public NodeMeters(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _envelopesSent = meter.CreateCounter<long>("entente.envelopes.sent", "{envelope}", "Envelopes receipted.");
        _envelopesReceived = meter.CreateCounter<long>("entente.envelopes.received", "{envelope}", "Envelopes taken.");
        _messages = meter.CreateCounter<long>("entente.messages", "{message}", "Messages sent and received.");
        _refusals = meter.CreateCounter<long>("entente.guard.refusals", "{decision}", "Disclosures refused, by rule.");
        _deliveries = meter.CreateHistogram<double>(
            "entente.delivery.duration",
            "s",
            "From the envelope's departure to its receipt."
        );
    }

    /// <summary>An envelope came back with its receipt.</summary>
    public void Sent(string partner, int messages, TimeSpan took)
    {
        _envelopesSent.Add(1, Partner(partner));
        _messages.Add(messages, Partner(partner), new("direction", "out"));
        _deliveries.Record(took.TotalSeconds, Partner(partner));
    }

    /// <summary>An envelope was taken and receipted.</summary>
    public void Received(string partner, int messages)
    {
        _envelopesReceived.Add(1, Partner(partner));
        _messages.Add(messages, Partner(partner), new("direction", "in"));
    }

    /// <summary>The guard said no.</summary>
    public void Refused(string rule) => _refusals.Add(1, new KeyValuePair<string, object?>("rule", rule));

    private static KeyValuePair<string, object?> Partner(string partner) => new("partner", partner);
}
