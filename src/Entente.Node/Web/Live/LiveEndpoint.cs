using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using Entente.Node.Features.Accounts;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Entente.Node.Web.Live;

/// <summary>`GET /live`: server-sent events for the pages of who is signed in.</summary>
internal static class LiveEndpoint
{
    private const string Path = "/live";

    /// <summary>Set by `live.js` when it asks for the page again.</summary>
    private const string Header = "Entente-Live";

    /// <summary>Often enough for proxies that close silent connections after a minute.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(25);

    /// <summary>Then the browser connects again, and hears of what its account's unit is by then.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>What the request for the stream may have taken on its way longer than that for its page.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.TryAddSingleton<LiveEvents>();
        return services;
    }

    public static void MapLive(this WebApplication app) => app.MapGet(Path, Open).RequireAuthorization();

    /// <summary>An open page asks for it, not the person before it: perhaps nobody is.</summary>
    public static bool IsByItself(HttpRequest request) => request.Path == Path || request.Headers.ContainsKey(Header);

    /// <param name="age">Milliseconds since the page was asked for; without it, the page hears of all that comes from now on.</param>
    private static IResult Open(
        HttpContext context,
        uint? age,
        LiveEvents events,
        SessionBook sessions,
        TimeProvider clock,
        IHostApplicationLifetime host
    )
    {
        context.Response.Headers["X-Accel-Buffering"] = "no";
        var topics = LiveTopic.Of(Officer.From(context.User));
        var session = context.User.FindFirstValue(SessionCookie.SessionClaim) ?? "";
        var watch = new SessionWatch(sessions, session, clock);
        TimeSpan? old = age is { } ms ? TimeSpan.FromMilliseconds(ms) + Slack : null;
        return TypedResults.ServerSentEvents(
            StreamAsync(events, topics, old > Longest ? Longest : old, watch, clock, host.ApplicationStopping)
        );
    }

    private static async IAsyncEnumerable<SseItem<string>> StreamAsync(
        LiveEvents events,
        IReadOnlySet<string> topics,
        TimeSpan? age,
        SessionWatch watch,
        TimeProvider clock,
        CancellationToken stopping,
        [EnumeratorCancellation] CancellationToken closed = default
    )
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping, closed);
        using var subscription = events.Subscribe(topics);
        var started = clock.GetTimestamp();
        yield return new SseItem<string>("", "open");
        if (age is { } old && events.Changed(topics, old))
        {
            // Between the page and its stream nobody listened.
            yield return new SseItem<string>("", "changed");
        }

        while (!end.IsCancellationRequested && clock.GetElapsedTime(started) < Lifetime)
        {
            var part = await NextAsync(subscription, clock, end.Token);
            if (end.IsCancellationRequested || !await watch.GoesOnAsync(closed))
            {
                yield break;
            }

            yield return new SseItem<string>(part ?? "", part is null ? "beat" : "changed");
        }
    }

    /// <summary>The next part that changed, or null when it is time for a sign of life.</summary>
    private static async Task<string?> NextAsync(
        LiveEvents.Subscription subscription,
        TimeProvider clock,
        CancellationToken end
    )
    {
        using var beat = new CancellationTokenSource(Beat, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(beat.Token, end);
        try
        {
            return await subscription.Parts.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            return null; // Time for a sign of life, or the end: the loop looks.
        }
    }
}
