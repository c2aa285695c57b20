using System.Net;
using System.Text;
using Entente.Node.Features.Audit;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Links;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.Delivery;

/// <summary>A partner with real keys that misbehaves. Each time: a clear refusal, and the node goes on.</summary>
public sealed class HostilePartnerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Replayed_envelope_is_a_duplicate_with_the_same_time_and_leaf(string engine)
    {
        await using var partner = await HandMadePartner.LinkedAsync(engine);
        var envelope = partner.Seal(1, Hash.Zero, TestMessages.Request());

        var first = await partner.ReceiptAsync(envelope);
        var second = await partner.ReceiptAsync(envelope);

        first.Entries.Single().Status.ShouldBe(ReceiptStatus.Accepted);
        second.Entries.Single().Status.ShouldBe(ReceiptStatus.Duplicate);
        second.At.ShouldBe(first.At);
        second.Entries.Single().Leaf.ShouldBe(first.Entries.Single().Leaf);
        (await partner.Madrid.ReceivedAsync()).Count.ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Gap_is_answered_with_the_expected_seq(string engine)
    {
        await using var partner = await HandMadePartner.LinkedAsync(engine);

        using var answer = await partner.PostAsync(partner.Seal(5, Hash.Zero, TestMessages.Request()));

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        text.ShouldContain("\"expected\":1");
        await StillWorksAsync(partner);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Second_history_raises_the_alarm_and_stops_the_link(string engine)
    {
        await using var partner = await HandMadePartner.LinkedAsync(engine);
        await partner.ReceiptAsync(partner.Seal(1, Hash.Zero, TestMessages.Request()));

        using var answer = await partner.PostAsync(partner.Seal(1, Hash.Zero, TestMessages.Request()));

        (await HandMadePartner.ReasonAsync(answer)).ShouldBe("fork");
        var link = await partner
            .Madrid.Services.GetRequiredService<LinkDirectory>()
            .FindAsync("ma.interieur", Cancellation);
        link!.State.ShouldBe(LinkState.Suspended);
        link.Reason.ShouldBe(ForkAlarm.Reason);
        var alarms = await partner.Madrid.Services.GetRequiredService<Alarms>().ListAsync(Cancellation);
        alarms.ShouldContain(alarm => alarm.Kind == AlarmKind.LinkFork.Code);
        using var after = await partner.PostAsync(partner.Seal(2, Hash.Zero, TestMessages.Request()));
        (await HandMadePartner.ReasonAsync(after)).ShouldBe("link-not-active");
    }

    [Fact]
    public async Task Altered_truncated_and_senseless_envelopes_are_refused_in_words()
    {
        await using var partner = await HandMadePartner.LinkedAsync();
        var good = partner.Seal(1, Hash.Zero, TestMessages.Request()).Jwe;
        var altered = good.ToArray();
        altered[^30] = altered[^30] == (byte)'A' ? (byte)'B' : (byte)'A';

        foreach (var body in (byte[][])[altered, good[..(good.Length / 2)], Encoding.UTF8.GetBytes("{\"not\":"), []])
        {
            using var answer = await partner.PostAsync(body);
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await HandMadePartner.ReasonAsync(answer)).ShouldBe("bad-envelope");
        }

        await StillWorksAsync(partner);
    }

    [Fact]
    public async Task Envelope_of_another_content_type_is_refused()
    {
        await using var partner = await HandMadePartner.LinkedAsync();

        using var answer = await partner.PostAsync([1, 2, 3], "application/octet-stream");

        answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Envelope_for_another_node_is_refused()
    {
        await using var partner = await HandMadePartner.LinkedAsync();
        var berlin = AgreementKey.Create();
        var line = (TestMessages.Request() with { Seq = 1 }).ToLine();
        var envelope = Envelope.Seal(
            [line],
            NodeId.Parse("ma.interieur"),
            NodeId.Parse("de.bmi"),
            1,
            Hash.Zero,
            TimeProvider.System.GetUtcNow(),
            partner.Keys.Signing,
            berlin.PublicKey()
        );

        using var answer = await partner.PostAsync(envelope);

        (await HandMadePartner.ReasonAsync(answer)).ShouldBe("wrong-recipient");
        await StillWorksAsync(partner);
    }

    [Fact]
    public async Task Message_that_is_no_json_is_rejected_and_the_others_of_its_envelope_are_taken()
    {
        await using var partner = await HandMadePartner.LinkedAsync();
        var good = (TestMessages.Request() with { Seq = 2 }).ToLine();

        var receipt = await partner.ReceiptAsync(partner.SealLines(1, Hash.Zero, "{\"v\":1,"u8.ToArray(), good));

        receipt.Entries.Select(e => e.Status).ShouldBe([ReceiptStatus.Rejected, ReceiptStatus.Accepted]);
        receipt.Entries[0].Reason.ShouldBe(Reason.BadEnvelope);
        (await partner.Madrid.ReceivedAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Unknown_kind_is_rejected_and_its_seq_is_used_up()
    {
        await using var partner = await HandMadePartner.LinkedAsync();
        var envelope = partner.Seal(1, Hash.Zero, TestMessages.Request() with { Kind = "horoscope" });

        var receipt = await partner.ReceiptAsync(envelope);
        var next = await partner.ReceiptAsync(partner.Seal(2, envelope.Sha256, TestMessages.Request()));

        receipt.Entries.Single().Reason.ShouldBe(Reason.UnsupportedKind);
        next.Entries.Single().Status.ShouldBe(ReceiptStatus.Accepted);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Known_id_with_another_text_is_rejected_as_a_fork(string engine)
    {
        await using var partner = await HandMadePartner.LinkedAsync(engine);
        var message = TestMessages.Request();
        var first = partner.Seal(1, Hash.Zero, message);
        await partner.ReceiptAsync(first);

        var receipt = await partner.ReceiptAsync(partner.Seal(2, first.Sha256, message with { Subject = "Autre" }));

        receipt.Entries.Single().Reason.ShouldBe(Reason.Fork);
        (await partner.Madrid.FindAsync(message))!.Seq.ShouldBe(1);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Gibibyte_is_refused_whether_its_size_is_declared_or_not(bool declared)
    {
        await using var partner = await HandMadePartner.LinkedAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "envelopes");
        request.Version = HttpVersion.Version20;
        request.Content = new StreamContent(new Zeros(1L << 30));
        request.Content.Headers.ContentType = new("application/jose");
        request.Content.Headers.ContentLength = declared ? 1L << 30 : null;

        using var answer = await partner.Client.SendAsync(request, Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await HandMadePartner.ReasonAsync(answer)).ShouldBe("too-large");
        await StillWorksAsync(partner);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Message_that_a_reception_refuses_is_rejected_with_its_reason(string engine)
    {
        await using var partner = await HandMadePartner.LinkedAsync(
            engine,
            services => services.AddSingleton<IReception, RefuseEverything>()
        );
        var message = TestMessages.Request();

        var receipt = await partner.ReceiptAsync(partner.Seal(1, Hash.Zero, message));

        receipt.Entries.Single().Reason.ShouldBe(Reason.Policy);
        (await partner.Madrid.FindAsync(message)).ShouldBeNull();
    }

    private static async Task StillWorksAsync(HandMadePartner partner)
    {
        var receipt = await partner.ReceiptAsync(partner.Seal(1, Hash.Zero, TestMessages.Request()));
        receipt.Entries.Single().Status.ShouldBe(ReceiptStatus.Accepted);
    }

    private sealed class RefuseEverything : IReception
    {
        public Task AcceptAsync(
            Transaction t,
            IReadOnlyList<IncomingMessage> messages,
            DateTimeOffset at,
            CancellationToken cancellation
        )
        {
            foreach (var m in messages)
            {
                m.Refusal = "policy";
            }

            return Task.CompletedTask;
        }
    }

    /// <summary>That many zero bytes, of unknown length to whoever sends them.</summary>
    private sealed class Zeros(long length) : Stream
    {
        private long _left = length;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, _left);
            buffer.AsSpan(offset, read).Clear();
            _left -= read;
            return read;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
