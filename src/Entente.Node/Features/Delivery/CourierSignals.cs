using System.Collections.Concurrent;

namespace Entente.Node.Features.Delivery;

/// <summary>Wakes the courier of one link, so that nothing waits for a poll.</summary>
internal sealed class CourierSignals
{
    private readonly ConcurrentDictionary<string, CourierSignal> _signals = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, CourierSignal> _files = new(StringComparer.Ordinal);

    /// <summary>The bell of who sends the partner files: rung when the partner is heard from.</summary>
    public CourierSignal ForFiles(string partner) => _files.GetOrAdd(partner, _ => new CourierSignal());

    public CourierSignal For(string partner) => _signals.GetOrAdd(partner, _ => new CourierSignal());

    /// <summary>Raised by <see cref="Wake"/>, for the instance of the node that serves the link.</summary>
    public event Action<string, bool>? Woken;

    /// <summary>There is something to send.</summary>
    /// <param name="urgent">Worth trying at once, even while backing off.</param>
    public void Wake(string partner, bool urgent)
    {
        For(partner).Wake(urgent);
        Woken?.Invoke(partner, urgent);
    }

    /// <summary>The partner was heard from: what failed a moment ago may succeed now.</summary>
    public void Heard(string partner)
    {
        For(partner).Heard();
        ForFiles(partner).Heard();
    }
}
