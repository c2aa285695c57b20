using Entente.Node.Commands;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Evidence;
using Entente.Node.Features.Links;
using Entente.Node.Tests.Support;
using Entente.Protocol;
using EvidenceFile = Entente.Protocol.Evidence;

namespace Entente.Node.Tests.Evidence;

/// <summary>Evidence that real nodes make of what went between them, judged by a program that is not ours.</summary>
public sealed class EvidenceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Sender_and_receiver_each_make_evidence_that_a_stranger_verifies(string engine)
    {
        await using var pair = await TestPair.LinkedAsync(engine);
        var messages = Enumerable.Range(0, 5).Select(_ => TestMessages.Request()).ToList();
        await pair.Rabat.SendAllAsync(messages);
        await pair.Rabat.WaitAsync(messages[4], MessageState.Delivered);

        foreach (var node in (TestNode[])[pair.Rabat, pair.Madrid])
        {
            var made = await MakeAsync(node, messages[2]);

            made.Failure.ShouldBeNull();
            made.File!.IsComplete.ShouldBeTrue();
            EvidenceFile.Parse(made.File.ToJson()).Required().Verify().ShouldAllBe(check => check.Holds);
            using var file = new EvidenceOnDisk(made.File);
            var (exit, said) = await IndependentChecker.CheckAsync(file.Path);
            exit.ShouldBe(0, said);
            said.ShouldContain($"ma.interieur signed message {messages[2].Id}");
        }
    }

    [Fact]
    public async Task Evidence_with_any_byte_changed_holds_for_nobody()
    {
        await using var pair = await TestPair.LinkedAsync();
        var message = TestMessages.Request(text: "Texte d’essai : « 1E2 », نص");
        await pair.Rabat.SendAsync(message);
        await pair.Rabat.WaitAsync(message, MessageState.Delivered);
        var made = await MakeAsync(pair.Rabat, message);
        using var file = new EvidenceOnDisk(made.File!);

        (await IndependentChecker.SurvivorsAsync(file.Path, step: 7)).ShouldBe("0 []");

        var right = made.File!.ToJson();
        for (var i = 0; i < right.Length; i += 3)
        {
            byte[] changed = [.. right];
            changed[i] ^= 1;
            var read = EvidenceFile.Parse(changed);
            (read.Ok && read.Value.Verify().All(check => check.Holds)).ShouldBeFalse($"byte {i}");
        }
    }

    [Fact]
    public async Task Partner_that_is_away_leaves_evidence_that_says_what_it_lacks_until_it_is_back()
    {
        await using var pair = await TestPair.LinkedAsync();
        var message = TestMessages.Request();
        await pair.Rabat.SendAsync(message);
        await pair.Rabat.WaitAsync(message, MessageState.Delivered);
        await pair.Madrid.StopAsync();

        var alone = await MakeAsync(pair.Rabat, message);
        await pair.Madrid.StartAsync();
        var whole = await MakeAsync(pair.Rabat, message);
        await pair.Madrid.StopAsync();
        var kept = await MakeAsync(pair.Rabat, message);

        alone.Failure.ShouldNotBeNull();
        alone.File!.Lacks.ShouldBe([EvidenceFile.LedgerProof]);
        using var file = new EvidenceOnDisk(alone.File);
        (await IndependentChecker.CheckAsync(file.Path)).Exit.ShouldBe(2);
        (await EvidenceVerification.RunAsync(file.Path, json: true, Cancellation)).ShouldBe(2);
        whole.File!.IsComplete.ShouldBeTrue();
        kept.File!.ToJson().ShouldBe(whole.File.ToJson()); // Asked for once.
    }

    [Fact]
    public async Task Partner_learns_of_no_leaf_but_those_of_its_own_messages()
    {
        await using var pair = await TestPair.LinkedAsync();
        var message = TestMessages.Request();
        await pair.Rabat.SendAsync(message);
        await pair.Rabat.WaitAsync(message, MessageState.Delivered);
        var own = (await pair.Madrid.FindAsync(message))!.Leaf;
        var size = await pair.Madrid.Services.GetRequiredService<Node.Ledger.LedgerLog>().SizeAsync(Cancellation);
        var madrid = await pair
            .Rabat.Services.GetRequiredService<LinkDirectory>()
            .FindPartnerAsync(pair.Madrid.Id, Cancellation);
        var door = pair.Rabat.Services.GetRequiredService<PartnerDoor>();

        for (var leaf = 0L; leaf <= size; leaf++)
        {
            var (said, failure) = await door.InclusionAsync(madrid!, leaf, size, Cancellation);
            (leaf, failure, said is not null).ShouldBe((leaf, leaf == own ? null : "404", leaf == own));
        }
    }

    [Fact]
    public async Task Message_without_a_receipt_has_no_evidence_yet()
    {
        await using var pair = await TestPair.LinkedAsync();
        await pair.Madrid.StopAsync();
        var message = TestMessages.Request();
        await pair.Rabat.SendAsync(message);
        await pair.Rabat.WaitAsync(message, MessageState.Sealed);

        (await MakeAsync(pair.Rabat, message)).ShouldBe(new EvidenceMade(null, "not-receipted"));
    }

    private static async Task<EvidenceMade> MakeAsync(TestNode node, Message message)
    {
        var opened = await node.Messages.OpenAsync(message.Id.ToString(), Cancellation);
        return await node.Services.GetRequiredService<EvidenceMaker>().MakeAsync(opened!, Cancellation);
    }

    private sealed class EvidenceOnDisk : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("entente-evidence-").FullName;

        public EvidenceOnDisk(EvidenceFile evidence) => File.WriteAllBytes(Path, evidence.ToJson());

        public string Path => System.IO.Path.Combine(_folder, "evidence.json");

        public void Dispose() => Directory.Delete(_folder, recursive: true);
    }
}
