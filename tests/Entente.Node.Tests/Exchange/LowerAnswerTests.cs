using System.Text;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Exchange;

/// <summary>An answer classified lower than its request goes where the request's words may not.</summary>
public sealed class LowerAnswerTests
{
    private const string Purpose = "Finalité qzunique inventée";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Answer_classified_lower_repeats_no_word_of_the_request(string engine)
    {
        await using var pair = await Clocked.OpenAsync(engine);

        var lower = await AnsweredAsync(pair, rank: 0);
        var same = await AnsweredAsync(pair, rank: 1);

        Encoding.UTF8.GetString(lower.Message.ToLine()).ShouldNotContain("qzunique");
        lower.Message.Purpose.ShouldBeNull();
        same.Message.Purpose.ShouldBe(Purpose);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Answer_that_names_no_purpose_still_serves_that_of_its_request_alone(string engine)
    {
        await using var pair = await Clocked.OpenAsync(engine);
        await using var berlin = await Bureau.OpenAsync("de.bmi", engine);
        await pair.Rabat.LinkAsync(berlin);
        var lower = await AnsweredAsync(pair, rank: 0);
        var other = Drafts.Forward(lower.Stored.Id, "de.bmi") with { Purpose = "Autre finalité" };

        (await pair.Rabat.Get<RequestDesk>().SendAsync(pair.Rabat.Officer, other, Cancellation))
            .ShouldBeOfType<SendResult.Refused>()
            .Decision.Why.ShouldContain("purpose");
        (
            await pair
                .Rabat.Get<RequestDesk>()
                .SendAsync(pair.Rabat.Officer, other with { Purpose = Purpose }, Cancellation)
        )
            .ShouldBeOfType<SendResult.Refused>()
            .Decision.Why.ShouldNotContain("purpose");
    }

    private static async Task<OpenedMessage> AnsweredAsync(Clocked pair, int rank)
    {
        var draft = Drafts.Request() with { Rank = 1, Purpose = Purpose, Subject = "Objet qzunique" };
        var asked = await pair.AskedAsync(draft);
        var answer = Drafts.Answer(asked.Message) with { Rank = rank };
        var sent = await ExchangeTests.AnswerAsync(pair.Madrid, answer);
        await pair.SettleAsync();
        return (await pair.Rabat.Get<MessageStore>().OpenAsync(sent.Message, Cancellation))!; // Settled.
    }
}
