using Entente.Node.Features.Delivery;
using Entente.Node.Features.Links;
using Entente.Node.Hosting;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Delivery;

/// <summary>A node changes the key that its partners encrypt to; they learn of it when they learn of it.</summary>
public sealed class AgreementRenewalTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Messages_arrive_under_the_old_key_until_the_new_card_is_accepted_and_under_the_new_one_then(
        string engine
    )
    {
        await using var pair = await TestPair.LinkedAsync(engine);
        await DeliverAsync(pair);
        await RenewAsync(pair.Madrid);

        await DeliverAsync(pair);
        (await NotYetAsync(pair.Madrid)).ShouldBe(["ma.interieur"]);

        (await pair.Rabat.Services.OfferAsync(await pair.Madrid.Services.CardAsync())).Link.ShouldNotBeNull();
        await DeliverAsync(pair);
        (await NotYetAsync(pair.Madrid)).ShouldBeEmpty();

        NodeKeys.ForgetPastAgreements(pair.Madrid.Home).ShouldBe(1);
        await pair.Madrid.RestartAsync();
        await DeliverAsync(pair);
    }

    [Fact]
    public async Task Key_renewed_twice_before_anybody_learnt_of_it_loses_nothing()
    {
        await using var pair = await TestPair.LinkedAsync();
        await RenewAsync(pair.Madrid);
        await RenewAsync(pair.Madrid);

        await DeliverAsync(pair);

        pair.Madrid.Home.PastAgreementKeyFiles.Count().ShouldBe(2);
    }

    private static async Task DeliverAsync(TestPair pair)
    {
        var message = TestMessages.Request();
        await pair.Rabat.SendAsync(message);
        await pair.Rabat.WaitAsync(message, MessageState.Delivered);
    }

    private static Task RenewAsync(TestNode node)
    {
        NodeKeys.RenewAgreement(node.Home, node.Services.GetRequiredService<MasterKey>());
        return node.RestartAsync();
    }

    private static Task<IReadOnlyList<string>> NotYetAsync(TestNode node) =>
        node
            .Services.GetRequiredService<AgreementUse>()
            .NotYetAsync(node.Services.GetRequiredService<NodeKeys>().Agreement.Kid, Cancellation);
}
