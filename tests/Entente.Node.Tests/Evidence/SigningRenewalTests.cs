using Entente.Node.Features.Delivery;
using Entente.Node.Features.Evidence;
using Entente.Node.Features.Links;
using Entente.Node.Hosting;
using Entente.Node.Storage;
using Entente.Node.Tests.Recovery;
using Entente.Node.Tests.Support;
using Entente.Protocol;
using EvidenceFile = Entente.Protocol.Evidence;

namespace Entente.Node.Tests.Evidence;

/// <summary>A node renews its signing key between suspended links, and its partner accepts the card that both keys signed.</summary>
public sealed class SigningRenewalTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Evidence_from_before_a_renewal_of_either_signing_key_still_verifies_with_both_nodes(string engine)
    {
        await using var pair = await TestPair.LinkedAsync(engine);
        var before = await ExchangeAsync(pair);
        await RenewAsync(pair.Madrid, pair.Rabat);
        var between = await ExchangeAsync(pair);
        await RenewAsync(pair.Rabat, pair.Madrid);
        var after = await ExchangeAsync(pair);

        foreach (var message in (Message[])[.. before, .. between, .. after])
        {
            await HoldsAsync(pair.Rabat, message);
            await HoldsAsync(pair.Madrid, message);
        }

        await pair.VerifyAsync();
    }

    /// <summary>One message each way, receipted.</summary>
    private static async Task<IReadOnlyList<Message>> ExchangeAsync(TestPair pair)
    {
        var there = TestMessages.Request();
        var back = TestMessages.Request(pair.Madrid.Id, pair.Rabat.Id);
        await pair.Rabat.SendAsync(there);
        await pair.Madrid.SendAsync(back);
        await pair.Rabat.WaitAsync(there, MessageState.Delivered);
        await pair.Madrid.WaitAsync(back, MessageState.Delivered);
        return [there, back];
    }

    private static async Task RenewAsync(TestNode node, TestNode partner)
    {
        const string officer = "securite-1";
        await node.Ceremony.SuspendAsync(partner.Id, "Renouvellement", officer, Cancellation);
        NodeKeys.RenewSigning(node.Home, node.Services.GetRequiredService<MasterKey>());
        await node.RestartAsync();
        var card = (await node.Services.GetRequiredService<OwnCard>().RotationAsync(Cancellation))!; // It was renewed.
        (await partner.Services.OfferAsync(card)).Error.ShouldBeNull();
        await node.Ceremony.ResumeAsync(partner.Id, "Accepté", officer, Cancellation);
    }

    private static async Task HoldsAsync(TestNode node, Message message)
    {
        var opened = (await node.Messages.OpenAsync(message.Id.ToString(), Cancellation))!; // It was exchanged.
        var made = await node.Services.GetRequiredService<EvidenceMaker>().MakeAsync(opened, Cancellation);
        made.Failure.ShouldBeNull();
        var json = made.File!.ToJson(); // No failure.
        EvidenceFile.Parse(json).Required().Verify().Where(check => !check.Holds).ShouldBeEmpty();
        var file = Path.Combine(node.Home.Folder, "evidence.json");
        await File.WriteAllBytesAsync(file, json, Cancellation);
        var (exit, said) = await IndependentChecker.CheckAsync(file);
        exit.ShouldBe(0, said);
    }
}
