using Entente.Node.Features.Accounts;
using Entente.Node.Features.Audit;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.Ledger;

public sealed class WitnessTests
{
    private const string Partner = "es.interior";
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeMilliseconds(1_795_000_000_000);
    private static readonly Hash[] Leaves = [.. Enumerable.Range(0, 64).Select(i => MerkleTree.LeafHash([(byte)i]))];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Growing_ledger_is_proven_head_by_head_and_raises_nothing(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        var (witness, alarms) = Make(store);

        (await SeeAsync(store, witness, 10)).ShouldBe(HeadSeen.First);
        (await SeeAsync(store, witness, 10)).ShouldBe(HeadSeen.Same);
        (await SeeAsync(store, witness, 40)).ShouldBe(HeadSeen.NeedsProof);
        (await SeeAsync(store, witness, 25, at: 12)).ShouldBe(HeadSeen.NeedsProof, "read late, not shrunk");

        var proven = new List<(long, long)>();
        while (await WantedAsync(store) is { } wanted)
        {
            proven.Add((wanted.First, wanted.Second));
            (await AcceptAsync(store, witness, wanted, Proof(wanted))).ShouldBeTrue();
        }

        proven.ShouldBe([(10, 25), (25, 40)]);
        (await alarms.ListAsync(Cancellation)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Later_head_of_a_smaller_ledger_raises_the_alarm_once(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        var (witness, alarms) = Make(store);
        await SeeAsync(store, witness, 40);

        (await SeeAsync(store, witness, 30, at: 60)).ShouldBe(HeadSeen.Shrunk);
        await SeeAsync(store, witness, 30, at: 61);

        var alarm = (await alarms.ListAsync(Cancellation)).ShouldHaveSingleItem();
        (alarm.Kind, alarm.Link).ShouldBe((AlarmKind.LedgerShrunk.Code, Partner));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Other_root_at_the_same_size_raises_the_alarm(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        var (witness, alarms) = Make(store);
        await SeeAsync(store, witness, 40);

        var seen = await store.Database.WriteAsync(
            t => witness.SeeAsync(t, Partner, new ReceiptHead(40, Hash.Zero, Start), "jws", Cancellation),
            Cancellation
        );

        seen.ShouldBe(HeadSeen.Rewritten);
        (await alarms.ListAsync(Cancellation)).ShouldHaveSingleItem().Kind.ShouldBe(AlarmKind.LedgerRewritten.Code);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Proof_that_fails_raises_the_alarm(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        var (witness, alarms) = Make(store);
        await SeeAsync(store, witness, 10);
        await SeeAsync(store, witness, 40);
        var wanted = (await WantedAsync(store)).ShouldNotBeNull();

        (await AcceptAsync(store, witness, wanted, [Hash.Zero])).ShouldBeFalse();

        (await alarms.ListAsync(Cancellation)).ShouldHaveSingleItem().Kind.ShouldBe(AlarmKind.LedgerRewritten.Code);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Partner_restored_to_a_size_it_had_before_is_proven_by_its_new_ledger_alone(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        var (witness, alarms) = Make(store);
        await store.Database.WriteAsync(
            t => witness.SeeAsync(t, Partner, new ReceiptHead(36, Hash.Zero, Start), "jws", Cancellation),
            Cancellation
        );
        const string declared = """
            INSERT INTO witness_epoch (link, epoch, at, declaration) VALUES (@Partner, 1, @Start, 'jws')
            """;
        await store.Database.WriteAsync(t => t.RunAsync(declared, new { Partner, Start }, Cancellation), Cancellation);
        await SeeAsync(store, witness, 36);
        await SeeAsync(store, witness, 40);

        var wanted = (await WantedAsync(store)).ShouldNotBeNull();
        (await AcceptAsync(store, witness, wanted, Proof(wanted))).ShouldBeTrue();

        (await WantedAsync(store)).ShouldBeNull();
        (await alarms.ListAsync(Cancellation)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Alarm_is_closed_once_and_only_with_a_written_reason(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        var (_, alarms) = Make(store);
        var officer = new Officer("1", "a.securite", "Officier de sécurité", "", new HashSet<Role>(), 0);
        await store.Database.WriteAsync(
            t => alarms.RaiseAsync(t, AlarmKind.LedgerShrunk, Partner, "size=1", Cancellation),
            Cancellation
        );
        var id = (await alarms.ListAsync(Cancellation)).ShouldHaveSingleItem().Id;

        (await alarms.DismissAsync(id, officer, "  vu   ", Cancellation)).ShouldBeOfType<AlarmError.ReasonMissing>();
        (await alarms.CountOpenAsync(Cancellation)).ShouldBe(1);
        (await alarms.DismissAsync(id, officer, "Restauration annoncée par écrit.", Cancellation)).ShouldBeNull();
        (await alarms.CountOpenAsync(Cancellation)).ShouldBe(0);
        (
            await alarms.DismissAsync(id, officer, "Restauration annoncée par écrit.", Cancellation)
        ).ShouldBeOfType<AlarmError.NotOpen>();
        var leaf = await LedgerLogTests.Log(store).LeafAsync(1, Cancellation);
        leaf.ShouldNotBeNull().ShouldContain("alarm-dismissed");
        leaf.ShouldNotContain("Restauration");
    }

    private static (Witness Witness, Alarms Alarms) Make(TestStore store)
    {
        var ledger = LedgerLogTests.Log(store);
        var alarms = new Alarms(store.Database, ledger, new Ids(store.Clock), store.Clock);
        return (new Witness(alarms), alarms);
    }

    private static Task<HeadSeen> SeeAsync(TestStore store, Witness witness, int size, int? at = null) =>
        store.Database.WriteAsync(
            t =>
                witness.SeeAsync(
                    t,
                    Partner,
                    new ReceiptHead(size, MerkleTree.Root(Leaves[..size]), Start.AddSeconds(at ?? size)),
                    "jws",
                    Cancellation
                ),
            Cancellation
        );

    private static Task<ProofWanted?> WantedAsync(TestStore store) =>
        store.Database.WriteAsync(t => Witness.NeedsProofAsync(t, Partner, Cancellation), Cancellation);

    private static IReadOnlyList<Hash> Proof(ProofWanted wanted) =>
        MerkleTree.ConsistencyProof(MerkleLeaves.Of(Leaves), wanted.First, wanted.Second);

    private static Task<bool> AcceptAsync(
        TestStore store,
        Witness witness,
        ProofWanted wanted,
        IReadOnlyList<Hash> proof
    ) =>
        store.Database.WriteAsync(t => witness.AcceptProofAsync(t, Partner, wanted, proof, Cancellation), Cancellation);
}
