using Entente.Node.Features.Accounts;
using Entente.Node.Features.Evidence;
using Entente.Node.Features.Exchange;
using Entente.Node.Guard;
using Entente.Node.Tests.Exchange;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Evidence;

/// <summary>Whoever gave an information decides whether it may be produced in court.</summary>
public sealed class EvidenceGuardTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_came_under_H1_is_proven_only_with_its_givers_permission(string engine)
    {
        await using var rabat = await Bureau.OpenAsync("ma.interieur", engine);
        await using var madrid = await Bureau.OpenAsync("es.interior", engine);
        await rabat.LinkAsync(madrid);
        var request = (await ExchangeTests.SendAsync(rabat, Drafts.Request())).Message;
        await rabat.HandOverAsync(madrid);

        var refused = await MakeAsync(madrid, request);
        await PermitAsync(rabat, madrid, request);
        var review = await madrid.Get<EvidenceDesk>().ReviewAsync(madrid.Officer, request, Cancellation);

        refused.ShouldBeOfType<EvidenceResult.Refused>().Decision.Findings.ShouldHaveSingleItem().Rule.ShouldBe("h1");
        (await madrid.LedgerAsync("decide")).ShouldContain("refused:h1");
        review!.Decision.Allowed.ShouldBeTrue();
    }

    [Fact]
    public async Task What_we_wrote_ourselves_is_ours_to_prove_once_it_is_receipted()
    {
        await using var rabat = await Bureau.OpenAsync("ma.interieur", nameof(Entente.Node.Storage.Engine.Sqlite));
        await using var madrid = await Bureau.OpenAsync("es.interior", nameof(Entente.Node.Storage.Engine.Sqlite));
        await rabat.LinkAsync(madrid);
        var request = (await ExchangeTests.SendAsync(rabat, Drafts.Request())).Message;

        var officers = await MakeAsync(rabat, request);
        var guardian = rabat.Officer with
        {
            Roles = new HashSet<Role> { Role.Officer, Role.Protection },
        };
        var result = await rabat.Get<EvidenceDesk>().MakeAsync(guardian, request, evenIncomplete: true, Cancellation);

        officers
            .ShouldBeOfType<EvidenceResult.Refused>()
            .Decision.Findings.ShouldHaveSingleItem()
            .Rule.ShouldBe("proof");
        result.ShouldBe(new EvidenceResult.Unprovable("not-receipted"));
    }

    [Fact]
    public async Task Officer_without_a_part_in_the_case_gets_none()
    {
        await using var rabat = await Bureau.OpenAsync("ma.interieur", nameof(Entente.Node.Storage.Engine.Sqlite));
        await using var madrid = await Bureau.OpenAsync("es.interior", nameof(Entente.Node.Storage.Engine.Sqlite));
        await rabat.LinkAsync(madrid);
        var request = (await ExchangeTests.SendAsync(rabat, Drafts.Request())).Message;
        var stranger = rabat.Officer with { Unit = "ailleurs" };

        var result = await rabat.Get<EvidenceDesk>().MakeAsync(stranger, request, true, Cancellation);

        result.ShouldBe(new EvidenceResult.Unknown());
    }

    [Fact]
    public async Task What_came_through_another_node_needs_its_originators_permission()
    {
        var passedOn = new ForeignContent("0197", "de.bmi", GivenBy: "es.interior", Handling: [], Permitted: false);
        var proof = Guard.Disclosures.Lawful with { Act = DisclosureAct.Prove, Foreign = [passedOn] };

        var refused = await Guard.Disclosures.Guard().DecideAsync(proof, Cancellation);
        var allowed = await Guard
            .Disclosures.Guard()
            .DecideAsync(proof with { Foreign = [passedOn with { Permitted = true }] }, Cancellation);

        refused.Why.ShouldBe("refused:originator");
        allowed.Allowed.ShouldBeTrue();
    }

    private static Task<EvidenceResult> MakeAsync(Bureau bureau, string message) =>
        bureau.Get<EvidenceDesk>().MakeAsync(bureau.Officer, message, evenIncomplete: true, Cancellation);

    /// <summary>Madrid asks to produce it in court, naming itself as the destination; Rabat grants.</summary>
    private static async Task PermitAsync(Bureau rabat, Bureau madrid, string message)
    {
        var desk = madrid.Get<PermissionDesk>();
        var asked = await desk.AskAsync(madrid.Officer, message, madrid.Node, "Procès inventé", Cancellation);
        await madrid.HandOverAsync(rabat);
        var ask = asked.ShouldBeOfType<SendResult.Sent>().Message;
        (
            await rabat.Get<PermissionDesk>().DecideAsync(rabat.Officer, ask, true, null, Cancellation)
        ).ShouldBeOfType<SendResult.Sent>();
        await rabat.HandOverAsync(madrid);
    }
}
