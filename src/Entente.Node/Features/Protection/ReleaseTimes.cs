using System.Security.Cryptography;

namespace Entente.Node.Features.Protection;

/// <summary>
/// When an answer that tells nothing leaves for a third country. Drawn from the time of the request alone, never from what
/// the officer did or when: so that one who has nothing to tell and one who may not tell it leave at the same moments.
/// </summary>
internal static class ReleaseTimes
{
    /// <summary>Between a quarter and three quarters of the time to answer.</summary>
    private const double Earliest = 0.25;
    private const double Latest = 0.75;

    /// <summary>Without a legal limit, as if there were this one.</summary>
    private static readonly TimeSpan Usual = TimeSpan.FromDays(7);

    /// <summary>An answer written after its moment leaves within this share of the limit.</summary>
    private const double Behind = 0.05;

    /// <param name="received">The time in the receipt of the request: where the limit begins.</param>
    /// <param name="now">When the officer answers.</param>
    public static DateTimeOffset Draw(DateTimeOffset received, DateTimeOffset? due, DateTimeOffset now)
    {
        var limit = due is { } end && end > received ? end - received : Usual;
        var moment = received + (limit * (Earliest + ((Latest - Earliest) * Share())));
        return moment > now ? moment : now + (limit * (Behind * Share()));
    }

    private static double Share() => RandomNumberGenerator.GetInt32(1 << 30) / (double)(1 << 30);
}
