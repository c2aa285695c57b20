using System.Net;
using Entente.Node.Features.Delivery;
using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.Delivery;

public sealed class FloodTests
{
    [Fact]
    public void Ninth_request_of_one_partner_at_once_is_turned_away_and_another_partner_is_not()
    {
        var gates = new LinkGates();
        var flooder = gates.For("ma.interieur");
        for (var i = 0; i < 8; i++)
        {
            flooder.TryEnter().ShouldBeTrue();
        }

        flooder.TryEnter().ShouldBeFalse();
        gates.For("de.bmi").TryEnter().ShouldBeTrue();
        flooder.Leave();
        flooder.TryEnter().ShouldBeTrue();
    }

    [Fact]
    public async Task Flood_is_answered_with_receipts_or_a_request_to_wait_and_every_message_is_taken_once()
    {
        await using var partner = await HandMadePartner.LinkedAsync();
        var envelope = partner.Seal(1, Hash.Zero, TestMessages.Request());

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => partner.PostAsync(envelope)));

        answers.Count(a => a.StatusCode == HttpStatusCode.OK).ShouldBeGreaterThan(0);
        answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.OK || a.StatusCode == HttpStatusCode.TooManyRequests);
        answers
            .Where(a => a.StatusCode == HttpStatusCode.TooManyRequests)
            .ShouldAllBe(a => a.Headers.RetryAfter!.Delta == TimeSpan.FromSeconds(1));
        (await partner.Madrid.ReceivedAsync()).Count.ShouldBe(1);
    }
}
