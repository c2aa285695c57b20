using System.Text.Json;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.Exchange;

public sealed class AnswerFormTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Part_of_an_answer_leaves_the_request_open_for_the_rest(string engine)
    {
        await using var pair = await Clocked.OpenAsync(engine);
        var (rabat, madrid, _) = pair;
        var sent = await pair.AskedAsync();
        var part = Drafts.Answer(sent.Message) with { Outcome = Outcome.Partial, More = true };

        await ExchangeTests.AnswerAsync(madrid, part);
        await madrid.HandOverAsync(rabat);
        foreach (var bureau in new[] { rabat, madrid })
        {
            var row = await bureau.RowAsync(sent.Message);
            row.State.ShouldBe(RequestState.Partly);
            row.Open.ShouldBeTrue();
            row.Due.ShouldNotBeNull();
        }

        await ExchangeTests.AnswerAsync(madrid, Drafts.Answer(sent.Message));
        await madrid.HandOverAsync(rabat);

        (await rabat.RowAsync(sent.Message)).State.ShouldBe(RequestState.Answered);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Refusal_that_reveals_nothing_is_on_the_wire_what_no_information_is(string engine)
    {
        await using var pair = await Clocked.OpenAsync(engine);
        var (rabat, madrid, _) = pair;
        var refused = await pair.AskedAsync();
        var nothing = await pair.AskedAsync();
        var draft = Drafts.Answer(refused.Message) with { Text = "Mots qui ne doivent pas partir" };

        var first = await ExchangeTests.AnswerAsync(
            madrid,
            draft with
            {
                Outcome = Outcome.Refused,
                Ground = "third-party",
                Unrevealing = true,
            }
        );
        var second = await ExchangeTests.AnswerAsync(
            madrid,
            Drafts.Answer(nothing.Message) with
            {
                Outcome = Outcome.NoInformation,
                Text = null,
            }
        );

        await madrid.HandOverAsync(rabat);
        (await FormAsync(madrid, first)).ShouldBe(await FormAsync(madrid, second));
        (await rabat.RowAsync(refused.Message)).Ground.ShouldBeNull();
        (await rabat.RowAsync(refused.Message)).Outcome.ShouldBe("no-information");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Refusal_has_its_ground_and_words_and_nothing_that_was_written_as_information(string engine)
    {
        await using var pair = await Clocked.OpenAsync(engine);
        var (_, madrid, _) = pair;
        var asked = await pair.AskedAsync();
        var draft = Drafts.Answer(asked.Message) with
        {
            Outcome = Outcome.Refused,
            Ground = "third-party",
            Text = "Mots du refus",
            Attachments = [Drafts.File("note.txt", "text/plain", [1])],
        };

        var sent = await ExchangeTests.AnswerAsync(madrid, draft);

        var message = (await madrid.Get<MessageStore>().OpenAsync(sent.Message, Cancellation))!.Message;
        var body = message.AsAnswer().Required();
        (body.Ground, body.Text, body.Answers.Count).ShouldBe(("third-party", "Mots du refus", 0));
        (message.Attachments ?? []).ShouldBeEmpty();
        message.Transfer.ShouldBeNull();
    }

    /// <summary>The message without what any two messages differ in.</summary>
    private static async Task<string> FormAsync(Bureau bureau, SendResult.Sent sent)
    {
        var message = (await bureau.Get<MessageStore>().OpenAsync(sent.Message, Cancellation))!.Message;
        var bare = message with { Id = Guid.Empty, Case = Guid.Empty, ReplyTo = Guid.Empty, Sent = default };
        return JsonSerializer.Serialize(bare);
    }
}
