using System.Collections.Concurrent;

namespace Entente.Node.Features.Exchange;

/// <summary>
/// An open page asks again by itself, every minute and on every change. Reading on is one consultation: a leaf is written
/// when an officer opens a case, and again after a quarter of an hour. After a restart everything is new.
/// </summary>
internal sealed class RecentConsultations(TimeProvider clock)
{
    private static readonly TimeSpan Sitting = TimeSpan.FromMinutes(15);
    private const int Most = 20_000;
    private readonly ConcurrentDictionary<(string Officer, string Case), DateTimeOffset> _begun = new();

    /// <summary>True when this opening is a consultation of its own.</summary>
    public bool Begins(string officer, string caseId)
    {
        var now = clock.GetUtcNow();
        if (_begun.TryGetValue((officer, caseId), out var begun) && now - begun < Sitting)
        {
            return false;
        }

        if (_begun.Count >= Most)
        {
            _begun.Clear();
        }

        _begun[(officer, caseId)] = now;
        return true;
    }
}
