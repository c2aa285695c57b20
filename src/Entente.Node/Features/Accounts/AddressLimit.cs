using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace Entente.Node.Features.Accounts;

/// <summary>
/// Sign-in attempts from one network address: sixty at once, one a second from then on. Whoever has one address of IPv6 has
/// 2^64 beside it: its network counts as one.
/// </summary>
internal sealed class AddressLimit : IAsyncDisposable
{
    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetTokenBucketLimiter(
            address,
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = 60,
                TokensPerPeriod = 1,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                QueueLimit = 0,
            }
        )
    );

    public bool Allows(string address)
    {
        using var lease = _limiter.AttemptAcquire(Place(address));
        return lease.IsAcquired;
    }

    private static string Place(string address)
    {
        if (
            !IPAddress.TryParse(address, out var ip)
            || ip.AddressFamily != AddressFamily.InterNetworkV6
            || ip.IsIPv4MappedToIPv6
        )
        {
            return address;
        }

        const int network = 8; // Of sixteen bytes.
        return Convert.ToHexStringLower(ip.GetAddressBytes().AsSpan(0, network));
    }

    public ValueTask DisposeAsync() => _limiter.DisposeAsync();
}
