using System.Net;
using Entente.Node.Tests.Support;
using Entente.Node.Web;

namespace Entente.Node.Tests.Web;

public sealed class RequestLimitsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Flood_from_one_address_is_told_to_wait_and_is_served_again_a_second_later()
    {
        await using var node = await RunningNode.StartAsync(more: services =>
            services.AddSingleton(new RequestRates(AtOnce: 10, ASecond: 10))
        );
        using var flood = new HttpClient { BaseAddress = node.Pages };
        HttpResponseMessage? refused = null;
        for (var i = 0; i < 100 && refused is null; i++)
        {
            var answer = await flood.GetAsync("/sign-in", Cancellation);
            refused = answer.StatusCode == HttpStatusCode.TooManyRequests ? answer : null;
        }

        refused.ShouldNotBeNull().Headers.RetryAfter?.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        (await refused.Content.ReadAsStringAsync(Cancellation)).ShouldContain("Trop de demandes");

        await Task.Delay(TimeSpan.FromSeconds(2.5), Cancellation);
        (await flood.GetAsync("/sign-in", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
