using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Entente.Node.Features.Delivery;

/// <summary>What one partner may ask of us at once, so that its flood costs only itself.</summary>
[SuppressMessage(
    "Design",
    "CA1001",
    Justification = "A semaphore whose wait handle is never asked for holds nothing to free."
)]
internal sealed class LinkGate
{
    private const int Most = 8;
    private readonly SemaphoreSlim _places = new(Most, Most);

    /// <summary>False at once when all places are taken. Whoever entered must leave.</summary>
    public bool TryEnter() => _places.Wait(0);

    public void Leave() => _places.Release();
}

internal sealed class LinkGates
{
    private readonly ConcurrentDictionary<string, LinkGate> _gates = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, LinkGate> _files = new(StringComparer.Ordinal);

    public LinkGate For(string partner) => _gates.GetOrAdd(partner, _ => new LinkGate());

    /// <summary>Places of their own for chunks of files, so that they take none from messages.</summary>
    public LinkGate ForFiles(string partner) => _files.GetOrAdd(partner, _ => new LinkGate());
}
