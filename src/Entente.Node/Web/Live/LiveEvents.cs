using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Entente.Node.Web.Live;

/// <summary>
/// Tells open pages that something they show has changed. An event carries no content, only the name of a part of the page;
/// the browser asks for the page again, and what its reader may see is decided there. Safe for concurrent use.
/// </summary>
/// <example><c>t.AfterCommit(() => live.Publish(LiveTopic.Unit("liaison"), "inbox"))</c></example>
internal sealed class LiveEvents(TimeProvider clock)
{
    // A page that lags only needs to know that it lags: older events give way.
    private static readonly BoundedChannelOptions Waiting = new(16) { FullMode = BoundedChannelFullMode.DropOldest };

    private readonly ConcurrentDictionary<Subscription, byte> _open = new();

    // When each topic last had an event: as many as there are units and accounts.
    private readonly ConcurrentDictionary<string, long> _last = new(StringComparer.Ordinal);
    private readonly long _started = clock.GetTimestamp();

    public int OpenPages => _open.Count;

    /// <summary>Raised by what is published here, for the other instances of the node.</summary>
    public event Action<string, string>? Published;

    /// <param name="topic">Whom it concerns: see <see cref="LiveTopic"/>.</param>
    /// <param name="part">The value of `data-live` on the elements to refresh.</param>
    public void Publish(string topic, string part)
    {
        Deliver(topic, part);
        Published?.Invoke(topic, part);
    }

    /// <summary>To the pages that are open at this instance only.</summary>
    public void Deliver(string topic, string part)
    {
        _last[topic] = clock.GetTimestamp();
        foreach (var (subscription, _) in _open)
        {
            if (subscription.Topics.Contains(topic))
            {
                subscription.Parts.Writer.TryWrite(part);
            }
        }
    }

    /// <summary>Whether these had an event in this last time, or nobody can know: this process has not run for so long.</summary>
    public bool Changed(IReadOnlySet<string> topics, TimeSpan within)
    {
        bool IsWithin(long then) => clock.GetElapsedTime(then) <= within;
        return IsWithin(_started) || topics.Any(topic => _last.TryGetValue(topic, out var then) && IsWithin(then));
    }

    public Subscription Subscribe(IReadOnlySet<string> topics)
    {
        var subscription = new Subscription(this, topics, Channel.CreateBounded<string>(Waiting));
        _open.TryAdd(subscription, 0);
        return subscription;
    }

    internal sealed class Subscription(LiveEvents events, IReadOnlySet<string> topics, Channel<string> parts)
        : IDisposable
    {
        public IReadOnlySet<string> Topics => topics;

        public Channel<string> Parts => parts;

        public void Dispose() => events._open.TryRemove(this, out _);
    }
}
