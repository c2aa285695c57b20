namespace Entente.Node.Features.Accounts;

/// <summary>How long a browser stays signed in.</summary>
internal static class SessionLimits
{
    /// <summary>Without a request.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(60);

    /// <summary>Whatever happens: one working day.</summary>
    public static readonly TimeSpan Absolute = TimeSpan.FromHours(12);

    /// <summary>A revocation made on another instance of the node takes effect within this time for what is looked at; for what is done, and on this one, at once.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);

    /// <summary>How exactly `seen` is kept: a write per session and minute, not per request.</summary>
    public static readonly TimeSpan SeenGrain = TimeSpan.FromMinutes(1);

    /// <summary>From the password to the end of the second step.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromMinutes(10);

    public static bool Alive(Session session, DateTimeOffset now) =>
        now - session.Seen < Idle && now - session.Created < Absolute;
}
