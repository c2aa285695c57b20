using System.Collections.Concurrent;

namespace Entente.Node.Features.Delivery;

/// <summary>
/// Several envelopes of a link arrive at once and are opened beside each other; here they get back into their order before
/// they are taken. An envelope whose predecessor does not come in time goes on: the transaction will say that there is a gap.
/// </summary>
internal sealed class ReceivingOrder(TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, Line> _lines = new(StringComparer.Ordinal);

    /// <summary>Until it is the turn of the envelope that begins with <paramref name="first"/>.</summary>
    /// <param name="next">Where the direction stands in the database; asked once.</param>
    public async Task TurnAsync(string partner, long first, Func<Task<long>> next)
    {
        var line = _lines.GetOrAdd(partner, _ => new Line());
        if (line.Turn(first) is not { } waiting)
        {
            return;
        }

        if (line.Unknown)
        {
            line.Passed(await next());
        }

        await Task.WhenAny(waiting, Task.Delay(Patience, clock));
        line.Forget(first);
    }

    /// <summary>The messages up to <paramref name="next"/> are on their way into the database, in their order.</summary>
    public void Passed(string partner, long next) => _lines.GetOrAdd(partner, _ => new Line()).Passed(next);

    private sealed class Line
    {
        private readonly Lock _gate = new();
        private readonly SortedDictionary<long, TaskCompletionSource> _waiting = [];
        private long _next;

        public bool Unknown
        {
            get
            {
                lock (_gate)
                {
                    return _next == 0;
                }
            }
        }

        /// <summary>Null when it may go at once.</summary>
        public Task? Turn(long first)
        {
            lock (_gate)
            {
                if (first <= _next || first == 1)
                {
                    return null;
                }

                if (!_waiting.TryGetValue(first, out var waiting))
                {
                    waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    _waiting.Add(first, waiting);
                }

                return waiting.Task;
            }
        }

        public void Passed(long next)
        {
            lock (_gate)
            {
                _next = next;
                while (_waiting.Count > 0 && _waiting.First() is var (first, waiting) && first <= next)
                {
                    _waiting.Remove(first);
                    waiting.SetResult();
                }
            }
        }

        public void Forget(long first)
        {
            lock (_gate)
            {
                _waiting.Remove(first);
            }
        }
    }
}
