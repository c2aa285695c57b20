using Entente.Node.Features.Accounts;
using Entente.Node.Features.Corrections;
using Entente.Node.Features.Derivations;
using Entente.Node.Features.Exchange;
using Entente.Node.Tests.Corrections;
using Entente.Node.Tests.Exchange;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Derivations;

/// <summary>A recall flags what was made of the message, and tells whoever made it.</summary>
public sealed class DerivationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Briefing_and_document_made_before_a_recall_are_overtaken_by_it_and_their_makers_told(
        string engine
    )
    {
        await using var chain = await Chain.OpenAsync(engine);
        var (rabat, madrid, _) = chain;
        var desk = madrid.Officer with
        {
            Login = "desk",
            Roles = new HashSet<Role> { Role.Supervisor },
        };
        var book = madrid.Get<DerivationBook>();
        var scope = ("MA", chain.Time.GetUtcNow().AddDays(-365));
        var briefing = new Derivation(Derivation.Briefing, "partner:MA", desk.Login) { Scope = scope };
        await book.KeepAsync(briefing, Cancellation);
        await KeepAsync(madrid, "first");
        (await book.OvertakenAsync(desk, Cancellation)).ShouldBeEmpty();
        var counted = await CountAsync(madrid, desk);

        chain.Time.Advance(TimeSpan.FromHours(2));
        await RecallAsync(rabat, chain);
        chain.Time.Advance(TimeSpan.FromHours(2));
        await KeepAsync(madrid, "second"); // Made in the knowledge of it.

        (await book.OvertakenAsync(desk, Cancellation)).ShouldHaveSingleItem().Kind.ShouldBe("briefing");
        (await CountAsync(madrid, desk)).ShouldBe(counted + 2); // The recall waits, and so does the briefing.
        (await book.OvertakenAsync(Maker(madrid, "first"), Cancellation))
            .ShouldHaveSingleItem()
            .Kind.ShouldBe("document");
        (await book.OvertakenAsync(Maker(madrid, "second"), Cancellation)).ShouldBeEmpty();
        var recall = (await madrid.Get<CorrectionBook>().WaitingAsync(madrid.Officer, Cancellation)).Single();
        var file = (await madrid.Get<CorrectionBook>().FileAsync(madrid.Officer, recall.Id, Cancellation))!;
        file.Traces.Select(trace => trace.Kind).Order().ShouldBe(["briefing", "document", "passed-on"]);

        var told = (await book.OvertakenAsync(desk, Cancellation)).Single();
        await book.SeenAsync(Maker(madrid, "first"), told.Id, Cancellation); // Not theirs.
        (await book.OvertakenAsync(desk, Cancellation)).Count.ShouldBe(1);
        await book.SeenAsync(desk, told.Id, Cancellation);
        (await book.OvertakenAsync(desk, Cancellation)).ShouldBeEmpty();

        Task KeepAsync(Bureau bureau, string actor) =>
            bureau
                .Get<DerivationBook>()
                .KeepAsync(
                    new Derivation(Derivation.Document, $"message:{chain.Given}", actor) { Messages = [chain.Given] },
                    Cancellation
                );
    }

    private static Task<int> CountAsync(Bureau bureau, Officer officer) =>
        bureau.Get<CorrectionBook>().CountAsync(officer, Cancellation);

    private static Officer Maker(Bureau bureau, string login) => bureau.Officer with { Login = login };

    private static async Task RecallAsync(Bureau rabat, Chain chain)
    {
        var draft = new CorrectionDraft(chain.Given, "inaccurate", chain.Time.GetUtcNow().AddDays(8));
        (
            await rabat.Get<CorrectionDesk>().BeginAsync(rabat.Officer, draft, Cancellation)
        ).ShouldBeOfType<SendResult.Sent>();
        await chain.SettleAsync();
    }
}
