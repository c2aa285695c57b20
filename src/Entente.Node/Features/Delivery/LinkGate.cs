using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Entente.Node.Features.Delivery;

/// <summary>
/// What one partner may ask of us at once, so that its flood costs only itself; and the order of its envelopes, which are
/// taken one after the other.
/// </summary>
[SuppressMessage(
    "Design",
    "CA1001",
    Justification = "A semaphore whose wait handle is never asked for holds nothing to free."
)]
internal sealed class LinkGate
{
    private const int Most = 8;
    private readonly SemaphoreSlim _places = new(Most, Most);
    private readonly SemaphoreSlim _order = new(1, 1);

    /// <summary>False at once when all places are taken. Whoever entered must leave.</summary>
    public bool TryEnter() => _places.Wait(0);

    public void Leave() => _places.Release();

    public async Task<T> InOrderAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        await _order.WaitAsync(cancellation);
        try
        {
            return await work();
        }
        finally
        {
            _order.Release();
        }
    }
}

internal sealed class LinkGates
{
    private readonly ConcurrentDictionary<string, LinkGate> _gates = new(StringComparer.Ordinal);

    public LinkGate For(string partner) => _gates.GetOrAdd(partner, _ => new LinkGate());
}
