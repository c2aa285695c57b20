using System.Globalization;
using System.Threading.RateLimiting;

namespace Entente.Node.Web;

/// <summary>Requests that one officer, or one address where nobody is signed in, may make: so many at once, so many a second.</summary>
internal sealed record RequestRates(int AtOnce = 2000, int ASecond = 100);

/// <summary>
/// Keeps one browser, or one program behind it, from taking the node away from everybody else. Far above what a person
/// does; each instance of a node counts by itself. Partners have limits of their own at the link door.
/// </summary>
internal sealed class RequestLimits(RequestRates rates) : IAsyncDisposable
{
    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(who =>
        RateLimitPartition.GetTokenBucketLimiter(
            who,
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = rates.AtOnce,
                TokensPerPeriod = rates.ASecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                QueueLimit = 0,
            }
        )
    );

    public Task LimitAsync(HttpContext context, RequestDelegate next)
    {
        // The page that says so must itself be shown.
        if (context.Features.Get<Microsoft.AspNetCore.Diagnostics.IStatusCodeReExecuteFeature>() is not null)
        {
            return next(context);
        }

        using var lease = _limiter.AttemptAcquire(Who(context));
        if (lease.IsAcquired)
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = 1.ToString(CultureInfo.InvariantCulture);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => _limiter.DisposeAsync();

    private static string Who(HttpContext context) =>
        context.User.Identity is { IsAuthenticated: true, Name: { } name }
            ? "officer:" + name
            : "address:" + context.Connection.RemoteIpAddress;
}
