using Entente.Node.Features.Exchange;
using Entente.Node.Features.Exchange.Rounds;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Exchange;

/// <summary>One alert raised to several partners at once.</summary>
public sealed class RoundTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Alert_to_two_partners_shows_in_one_place_who_has_taken_it(string engine)
    {
        await using var rabat = await Bureau.OpenAsync("ma.interieur", engine);
        await using var madrid = await Bureau.OpenAsync("es.interior", engine);
        await using var berlin = await Bureau.OpenAsync("de.bmi", engine);
        await rabat.LinkAsync(madrid);
        await rabat.LinkAsync(berlin);

        var round = await RaiseAsync(rabat, Drafts.Alert(), Drafts.Alert("de.bmi"));
        round.ShouldNotBeNull();
        await rabat.HandOverAsync(madrid);
        await rabat.HandOverAsync(berlin);
        var toMadrid = (await StandingAsync(rabat, round)).Single(one => one.Warned.Partner == "es.interior");
        await madrid.Get<CaseDesk>().TakeAsync(madrid.Officer, toMadrid.Warned.Message, Cancellation);
        await madrid.HandOverAsync(rabat);

        var standing = await StandingAsync(rabat, round);
        standing
            .Select(one => (one.Warned.Partner, one.Row!.State))
            .ShouldBe([("de.bmi", RequestState.Delivered), ("es.interior", RequestState.Taken)]);
        standing.Select(one => one.Warned.CaseId).ShouldBeUnique();
        (
            await rabat.Get<AlertRounds>().OfAsync(rabat.Officer with { Unit = "archives" }, round, Cancellation)
        ).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Alert_that_one_partner_may_not_be_sent_leaves_to_nobody(string engine)
    {
        await using var rabat = await Bureau.OpenAsync("ma.interieur", engine);
        await using var madrid = await Bureau.OpenAsync("es.interior", engine);
        await using var berlin = await Bureau.OpenAsync("de.bmi", engine);
        await rabat.LinkAsync(madrid);
        await rabat.LinkAsync(berlin);

        var round = await RaiseAsync(rabat, Drafts.Alert(), Drafts.Alert("de.bmi") with { Basis = null });

        round.ShouldBeNull();
        (await rabat.CountAsync("message")).ShouldBe(0);
        (await rabat.CountAsync("decision")).ShouldBe(1); // The refusal is on record.
    }

    private static async Task<string?> RaiseAsync(Bureau bureau, params RequestDraft[] drafts) =>
        (await bureau.Get<RoundDesk>().RaiseAsync(bureau.Officer, drafts, Cancellation)).Next?[RoundDesk.Page.Length..];

    private static Task<IReadOnlyList<WarnedStanding>> StandingAsync(Bureau bureau, string round) =>
        bureau.Get<AlertRounds>().OfAsync(bureau.Officer, round, Cancellation);
}
