using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.Delivery;

/// <summary>A partner changes its keys while envelopes are on their way.</summary>
public sealed class RotationTests
{
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Envelope_that_left_before_the_rotation_is_taken_by_the_old_key(string engine)
    {
        await using var partner = await HandMadePartner.LinkedAsync(engine);
        var envelope = partner.Seal(1, Hash.Zero, TestMessages.Request());

        await partner.RotateAsync(issued: Now.AddSeconds(1));

        (await partner.ReceiptAsync(envelope)).Entries.Single().Status.ShouldBe(ReceiptStatus.Accepted);
    }

    [Fact]
    public async Task Envelope_sealed_with_the_old_key_after_the_rotation_is_refused()
    {
        await using var partner = await HandMadePartner.LinkedAsync();
        await partner.RotateAsync(issued: Now);

        using var answer = await partner.PostAsync(partner.Seal(1, Hash.Zero, TestMessages.Request()));

        (await HandMadePartner.ReasonAsync(answer)).ShouldBe("bad-signature");
    }
}
