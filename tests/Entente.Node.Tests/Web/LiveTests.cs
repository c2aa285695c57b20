using System.Net;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Exchange;
using Entente.Node.Tests.Support;
using Entente.Node.Web.Live;

namespace Entente.Node.Tests.Web;

public sealed class LiveTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Officer_hears_of_their_own_unit_only()
    {
        await using var node = await RunningNode.StartAsync();
        using var officer = await node.SignedInAsync("officier", Role.Officer);
        using var stream = new StreamReader(
            await officer.Http.GetStreamAsync(new Uri("/live", UriKind.Relative), Cancellation)
        );
        (await NextAsync(stream)).ShouldBe(("open", ""));

        var live = node.Services.GetRequiredService<LiveEvents>();
        live.Publish(LiveTopic.Unit("other"), "case");
        live.Publish(LiveTopic.Unit("liaison"), "inbox");

        (await NextAsync(stream)).ShouldBe(("changed", "inbox"));
    }

    [Theory]
    [InlineData("liaison", 1, true)] // The page was asked for, somebody wrote, the page's stream opened.
    [InlineData("liaison", 60, false)] // It was written long before.
    [InlineData("other", 1, false)] // It is another unit's matter.
    public async Task Page_is_told_on_opening_its_stream_what_changed_since_it_was_asked_for(
        string unit,
        int secondsAgo,
        bool told
    )
    {
        var clock = new Watch();
        await using var node = await RunningNode.StartAsync(clock);
        using var officer = await node.SignedInAsync("officier", Role.Officer);
        var live = node.Services.GetRequiredService<LiveEvents>();
        clock.Advance(TimeSpan.FromMinutes(1));
        live.Publish(LiveTopic.Unit(unit), "case");
        clock.Advance(TimeSpan.FromSeconds(secondsAgo));

        using var stream = new StreamReader(
            await officer.Http.GetStreamAsync(new Uri("/live?age=2000", UriKind.Relative), Cancellation)
        );
        (await NextAsync(stream)).ShouldBe(("open", ""));
        live.Publish(LiveTopic.Unit("liaison"), "end");

        (await NextAsync(stream)).ShouldBe(("changed", told ? "" : "end"));
    }

    [Fact]
    public async Task Page_that_is_closed_is_forgotten()
    {
        await using var node = await RunningNode.StartAsync();
        using var officer = await node.SignedInAsync("officier", Role.Officer);
        var live = node.Services.GetRequiredService<LiveEvents>();
        var stream = new StreamReader(
            await officer.Http.GetStreamAsync(new Uri("/live", UriKind.Relative), Cancellation)
        );
        await NextAsync(stream);
        live.OpenPages.ShouldBe(1);

        stream.Dispose();

        for (var i = 0; i < 100 && live.OpenPages > 0; i++)
        {
            await Task.Delay(20, Cancellation);
        }

        live.OpenPages.ShouldBe(0);
    }

    [Fact]
    public async Task Page_left_open_hears_nothing_more_once_its_session_was_ended()
    {
        var clock = new TestClock();
        await using var node = await RunningNode.StartAsync(clock);
        using var officer = await node.SignedInAsync("officier", Role.Officer);
        using var stream = new StreamReader(
            await officer.Http.GetStreamAsync(new Uri("/live", UriKind.Relative), Cancellation)
        );
        (await NextAsync(stream)).ShouldBe(("open", ""));

        await officer.SubmitAsync(await officer.GetAsync("/account", Cancellation), "/sign-out", [], Cancellation);
        clock.Advance(SessionLimits.Remembered);
        node.Services.GetRequiredService<LiveEvents>().Publish(LiveTopic.Unit("liaison"), "inbox");

        (await stream.ReadLineAsync(Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task Who_has_no_part_in_cases_hears_of_none()
    {
        await using var node = await RunningNode.StartAsync();
        using var auditor = await node.SignedInAsync("auditeur", Role.Auditor);
        using var stream = new StreamReader(
            await auditor.Http.GetStreamAsync(new Uri("/live", UriKind.Relative), Cancellation)
        );
        (await NextAsync(stream)).ShouldBe(("open", ""));

        foreach (var unit in (string[])["", "liaison"])
        {
            await node.Database.WriteAsync(
                t =>
                {
                    node.Services.GetRequiredService<ExchangeLive>().Changed(t, unit, "one-case");
                    return Task.CompletedTask;
                },
                Cancellation
            );
        }

        node.Services.GetRequiredService<LiveEvents>().Publish(LiveTopic.Node, "end");

        (await NextAsync(stream)).ShouldBe(("changed", "end"));
    }

    [Fact]
    public async Task Nobody_hears_without_signing_in()
    {
        await using var node = await RunningNode.StartAsync();
        using var client = new HttpClient { BaseAddress = node.Pages };
        client.DefaultRequestHeaders.Add("Accept", "text/event-stream");

        using var answer = await client.GetAsync(new Uri("/live", UriKind.Relative), Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static async Task<(string Event, string Data)> NextAsync(StreamReader stream)
    {
        string name = "",
            data = "";
        while (await stream.ReadLineAsync(Cancellation) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            (name, data) =
                line[..colon] == "event" ? (line[(colon + 1)..].Trim(), data) : (name, line[(colon + 1)..].Trim());
        }

        return (name, data);
    }

    /// <summary>A clock that a test turns, and with it the time that has passed.</summary>
    private sealed class Watch : TimeProvider
    {
        private TimeSpan _passed;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero) + _passed;

        public override long GetTimestamp() => _passed.Ticks;

        public void Advance(TimeSpan time) => _passed += time;
    }
}
