using System.Net;
using Entente.Faults.Lies;
using Entente.Node.Features.Audit;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Links;
using Entente.Protocol;

namespace Entente.Faults;

/// <summary>Partners with real keys that send what they must not.</summary>
public sealed class LyingSenderTests(Victim victim)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Envelope_played_again_a_hundred_times_is_one_message()
    {
        var liar = victim.Liar("replays");
        var envelope = liar.Seal(1, Hash.Zero, liar.Keys.Signing, Message(liar));

        for (var i = 0; i < 100; i++)
        {
            using var answer = await PostAsync(liar, envelope);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        (await victim.CountFromAsync(liar)).ShouldBe(1);
    }

    [Fact]
    public async Task Second_past_stops_the_link_and_raises_the_alarm()
    {
        var liar = victim.Liar("two-pasts");
        (await PostAsync(liar, liar.Seal(1, Hash.Zero, liar.Keys.Signing, Message(liar)))).Dispose();

        (await PostAsync(liar, liar.Seal(1, Hash.Zero, liar.Keys.Signing, Message(liar)))).Dispose();

        await victim.AlarmedAsync(liar, AlarmKind.LinkFork);
        await victim.StandsAsync(liar, LinkState.Suspended);
        (await victim.CountFromAsync(liar)).ShouldBe(1);
    }

    [Fact]
    public async Task Envelope_signed_by_a_stranger_is_refused_and_the_refusal_is_in_the_ledger()
    {
        var liar = victim.Liar("strangers-key");
        using var stranger = SigningKey.Create();
        var envelope = liar.Seal(1, Hash.Zero, stranger, Message(liar));

        using var answer = await PostAsync(liar, envelope);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await victim.LedgerSaysAsync(liar, $"envelope:{envelope.Sha256}")).ShouldBe("refused:bad-signature");
        (await victim.CountFromAsync(liar)).ShouldBe(0);
    }

    [Fact]
    public async Task Envelope_after_a_hole_is_not_taken_and_the_sender_learns_where_to_go_on()
    {
        var liar = victim.Liar("hole");

        using var answer = await PostAsync(liar, liar.Seal(9, Hash.Zero, liar.Keys.Signing, Message(liar)));

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldContain("\"expected\":1");
        (await victim.CountFromAsync(liar)).ShouldBe(0);
    }

    [Fact]
    public async Task Body_that_never_ends_is_given_up_while_the_others_are_served()
    {
        var liar = victim.Liar("slow-body");
        var bodies = Enumerable.Range(0, 20).Select(_ => liar.PostAsync(new StreamContent(new Trickle()))).ToList();

        await victim.WaitAsync(await victim.SendAsync(victim.Liar(Stories.Honest)), MessageState.Delivered);

        foreach (var body in bodies)
        {
            await RefusedAsync(body);
        }
    }

    private static async Task RefusedAsync(Task<HttpResponseMessage> body)
    {
        try
        {
            using var answer = await body.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
            answer.IsSuccessStatusCode.ShouldBeFalse();
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            Cancellation.ThrowIfCancellationRequested(); // Hung up on: that is an answer too.
        }
    }

    private static Message Message(Liar from) => TestMessages.Request(from.Id, "es.interior");

    private static Task<HttpResponseMessage> PostAsync(Liar liar, SealedEnvelope envelope) =>
        liar.PostAsync(new ByteArrayContent(envelope.Jwe));
}
