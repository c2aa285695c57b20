using Entente.Node.Features.Corrections;
using Entente.Node.Features.Exchange;
using Entente.Node.Storage;
using Entente.Node.Tests.Exchange;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Corrections;

/// <summary>Rabat takes its message back while Madrid is passing it on once more.</summary>
public sealed class CrossingRecallTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_is_recalled_between_judging_and_sending_does_not_go_on(string engine)
    {
        await using var chain = await Chain.OpenAsync(engine);
        var (rabat, madrid, _) = chain;
        var forward = Drafts.Forward(chain.Given, "de.bmi") with { Handling = [] };
        var (reviewed, faults) = await madrid.Get<DraftReview>().OfAsync(madrid.Officer, forward, Cancellation);
        faults.ShouldBeEmpty();
        var message = await madrid.Get<RequestMessages>().WriteAsync(madrid.Officer, reviewed!, Cancellation); // No fault.

        var draft = new CorrectionDraft(chain.Given, "unlawful", rabat.Now.AddDays(7));
        var begun = await rabat.Get<CorrectionDesk>().BeginAsync(rabat.Officer, draft, Cancellation);
        begun.ShouldBeOfType<SendResult.Sent>();
        await chain.SettleAsync();

        var sending = madrid.Get<RequestSending>();
        await Should.ThrowAsync<InvalidOperationException>(() =>
            madrid.Database.WriteAsync(
                t => sending.StoreAsync(t, madrid.Officer, reviewed!, message, Cancellation),
                Cancellation
            )
        );

        const string sql = "SELECT COUNT(*) FROM message WHERE id = @Id";
        var values = new { Id = message.Id.ToString() };
        (await madrid.Database.ReadAsync(c => c.OneAsync<long>(sql, values, Cancellation), Cancellation)).ShouldBe(0);
    }
}
