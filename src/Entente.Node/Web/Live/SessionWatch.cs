using Entente.Node.Features.Accounts;

namespace Entente.Node.Web.Live;

/// <summary>Looks whether the session behind an open stream goes on, at most once in the time a session is remembered.</summary>
internal sealed class SessionWatch(SessionBook sessions, string session, TimeProvider clock)
{
    private DateTimeOffset _checked = clock.GetUtcNow();

    /// <summary>False from the moment that it ended: nothing more may be told to that browser.</summary>
    public async Task<bool> GoesOnAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (now - _checked < SessionLimits.Remembered)
        {
            return true;
        }

        _checked = now;
        return await sessions.IsOpenAsync(session, cancellation);
    }
}
