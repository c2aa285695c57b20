using System.Text.Json;
using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.Doors;

/// <summary>Bodies that are JSON and make no sense: rejected alone, and the link goes on.</summary>
public sealed class HostileBodyTests
{
    [Theory]
    [InlineData("information", """{"domain":"terrorism","text":null}""")]
    [InlineData("information", """{"domain":null,"text":"x"}""")]
    [InlineData("information", """{"domain":"terrorism","text":"x","origins":[null]}""")]
    [InlineData("information", """{"domain":"terrorism","text":"x","origins":[{"node":null,"message":null}]}""")]
    [InlineData("information", """{"domain":["terrorism"],"text":{}}""")]
    [InlineData("request", """{"domain":null,"urgency":"other","justification":"x","questions":["x"]}""")]
    [InlineData("request", """{"domain":"terrorism","urgency":"soon","justification":"x","questions":["x"]}""")]
    [InlineData("request", """{"domain":"terrorism","urgency":"other","justification":null,"questions":["x"]}""")]
    [InlineData("request", """{"domain":"terrorism","urgency":"other","justification":"x","questions":[null]}""")]
    [InlineData("answer", """{"outcome":"provided","answers":[null]}""")]
    [InlineData("progress", """{"of":"x","state":null}""")]
    [InlineData("permission", """{"action":"ask","to":null}""")]
    public async Task Senseless_body_is_rejected_alone(string kind, string body)
    {
        await using var partner = await HandMadePartner.LinkedAsync();
        var senseless = TestMessages.Request() with { Kind = kind, Body = JsonElement.Parse(body) };

        var receipt = await partner.ReceiptAsync(partner.Seal(1, Hash.Zero, senseless, TestMessages.Request()));

        receipt.Entries.Select(e => e.Status).ShouldBe([ReceiptStatus.Rejected, ReceiptStatus.Accepted]);
    }
}
