using Entente.Node.Features.Corrections;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Storage;
using Entente.Node.Tests.Exchange;
using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.Corrections;

/// <summary>Berlin, which was told by Madrid, says the same again and again: Madrid does not write to Rabat each time.</summary>
public sealed class RepeatedWordTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Answer_that_is_repeated_or_taken_back_is_passed_on_once(string engine)
    {
        await using var chain = await RecalledAsync(engine);
        var answer = await AnsweredAsync(chain);
        var before = await ToRabatAsync(chain.Madrid);

        for (var i = 0; i < 10; i++)
        {
            var action = i % 2 == 0 ? CorrectionActions.Erased : CorrectionActions.Refused;
            (await SayAsync(chain, answer, b => b with { Action = action, Ground = "evidence" })).ShouldBeNull();
        }

        (await ToRabatAsync(chain.Madrid)).ShouldBe(before);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Reports_of_nodes_further_on_have_an_end(string engine)
    {
        await using var chain = await RecalledAsync(engine);
        var answer = await AnsweredAsync(chain);
        var before = await ToRabatAsync(chain.Madrid);

        var refused = 0;
        for (var i = 0; i < 300; i++)
        {
            var node = $"xx.n{i}";
            var said = await SayAsync(chain, answer, b => b with { Action = "onward", Node = node, State = "told" });
            refused += said is null ? 0 : 1;
        }

        refused.ShouldBe(50);
        (await ToRabatAsync(chain.Madrid)).ShouldBe(before + 250);
    }

    private static async Task<Chain> RecalledAsync(string engine)
    {
        var chain = await Chain.OpenAsync(engine);
        var draft = new CorrectionDraft(chain.Given, "inaccurate", chain.Rabat.Now.AddDays(7), "Erreur de fiche");
        var (rabat, _, _) = chain;
        var begun = await rabat.Get<CorrectionDesk>().BeginAsync(rabat.Officer, draft, Cancellation);
        begun.ShouldBeOfType<SendResult.Sent>();
        await chain.SettleAsync();
        return chain;
    }

    /// <summary>Berlin erases; what it said of that.</summary>
    private static async Task<Message> AnsweredAsync(Chain chain)
    {
        var berlin = chain.Berlin;
        var told = (await berlin.Get<CorrectionBook>().WaitingAsync(berlin.Officer, Cancellation)).Single();
        var choice = new CorrectionChoice(told.Id, "erased", null, null);
        var done = await berlin.Get<CorrectionChoices>().DecideAsync(berlin.Officer, choice, Cancellation);
        await chain.SettleAsync();
        var said = done.ShouldBeOfType<SendResult.Sent>().Message;
        return (await berlin.Get<MessageStore>().OpenAsync(said, Cancellation))!.Message; // It was just sent.
    }

    private static Task<string?> SayAsync(Chain chain, Message answer, Func<CorrectionBody, CorrectionBody> change)
    {
        var body = change(CorrectionBody.Read(answer)!); // It is Berlin's own.
        var again = answer with { Id = Guid.Parse(chain.Madrid.Get<Ids>().New()), Body = body.ToBody() };
        return chain.Madrid.ReceiveAsync(again, chain.Madrid.Now);
    }

    private static Task<long> ToRabatAsync(Bureau madrid)
    {
        const string sql = "SELECT COUNT(*) FROM message WHERE direction = 'out' AND partner = 'ma.interieur'";
        return madrid.Database.ReadAsync(c => c.OneAsync<long>(sql, null, Cancellation), Cancellation);
    }
}
