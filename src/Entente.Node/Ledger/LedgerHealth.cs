namespace Entente.Node.Ledger;

/// <summary>
/// Whether the node can write its ledger. While it can't, nothing is sent and nothing received: no log, no traffic. The
/// probe finds out when it can again; nobody needs to restart anything.
/// </summary>
internal sealed class LedgerHealth(TimeProvider clock)
{
    /// <summary>How long a node may stand without its ledger before it asks for its operator in red.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromHours(4);

    private readonly Lock _gate = new();
    private DateTimeOffset? _failingSince;
    private long? _wrote;

    public bool CanWrite => FailingSince is null;

    public DateTimeOffset? FailingSince
    {
        get
        {
            lock (_gate)
            {
                return _failingSince;
            }
        }
    }

    /// <summary>Time until <see cref="Limit"/> while failing, negative past it; null while all is well.</summary>
    public TimeSpan? Left => FailingSince is { } since ? since + Limit - clock.GetUtcNow() : null;

    /// <summary>
    /// Since the last commit that carried a leaf or a probe. Not by the time of day: a clock set back must not keep the
    /// probe from trying.
    /// </summary>
    public TimeSpan Quiet
    {
        get
        {
            lock (_gate)
            {
                return _wrote is { } wrote ? clock.GetElapsedTime(wrote) : TimeSpan.MaxValue;
            }
        }
    }

    public void Failed()
    {
        lock (_gate)
        {
            _failingSince ??= clock.GetUtcNow();
        }
    }

    public void Wrote()
    {
        lock (_gate)
        {
            _failingSince = null;
            _wrote = clock.GetTimestamp();
        }
    }
}
