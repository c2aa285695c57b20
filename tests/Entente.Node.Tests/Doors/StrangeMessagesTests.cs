using System.Text;
using System.Text.Json;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Storage;
using Entente.Node.Tests.Exchange;
using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.Doors;

/// <summary>
/// Messages in the right form whose values no officer writes. Whatever of them is taken, every page, file and list goes on
/// being shown, and nothing of it reaches a page as anything but text.
/// </summary>
public sealed class StrangeMessagesTests
{
    private const string Markup = "<script>alert(1)</script>";
    private const string Earliest = "0001-01-01T00:00:00.000Z";
    private const string Latest = "9999-12-31T23:59:59.999Z";

    // Turned round, joined invisibly, ended early: what makes a name look like another.
    private const string Odd = "\u202Egpj.exe\u2066\u200b\u0007\u001b[31m" + Markup + "\";\r\nX: y";

    private static readonly Ids Ids = new(TimeProvider.System);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Pages_go_on_whatever_a_partner_s_messages_say(string engine)
    {
        await using var partner = new AbsentPartner();
        await using var node = await Intruder.FurnishedAsync(engine, partner);
        await ReceiveAsync(node, [.. Strange(await OwnRequestAsync(node))]);
        using var browser = await node.SignedInAsync("tout", Enum.GetValues<Role>());
        var walk = new PageWalk(browser);

        await walk.RunAsync(most: 250);

        walk.Failures.ShouldBeEmpty();
        walk.Seen.ShouldContain(path => path.StartsWith("/cases/", StringComparison.Ordinal));
        walk.Pages.ShouldNotContain(page => page.Contains(Markup, StringComparison.Ordinal));
    }

    private static IEnumerable<Message> Strange(Message ours)
    {
        foreach (var sent in (string[])[Earliest, Latest])
        {
            var at = JsonDocument.Parse($"\"{sent}\"").RootElement.GetDateTimeOffset();
            var request = New(Kinds.Request, TestMessages.Request().Body) with { Sent = at, Subject = Odd };
            yield return request;
            yield return New(
                Kinds.Alert,
                $$"""{"domain":"terrorism","text":{{Text(Odd)}},"acknowledge":{{Text(Odd)}},"nature":{{Text(Odd)}} }"""
            ) with
            {
                Sent = at,
            };
            yield return New(
                Kinds.Information,
                $$"""
                {"domain":"terrorism","text":"x","breach":{"id":"{{Ids.New()}}","noticed":"{{sent}}","nature":["integrity"],"messages":[]} }
                """
            ) with
            {
                Sent = at,
            };
            foreach (var state in (string[])["seen", "taken", "suspended", "delayed", "resumed", "closed", Odd])
            {
                yield return New(
                    Kinds.Progress,
                    $$"""
                    {"of":"{{ours.Id}}","state":{{Text(state)}},"at":"{{sent}}","note":{{Text(Odd)}},"expected":"{{sent}}","clarification":[{{Text(
                        Odd
                    )}}],"authorised":{{Text(Odd)}} }
                    """
                ) with
                {
                    Case = ours.Case,
                    ReplyTo = ours.Id,
                    Sent = at,
                };
            }

            yield return New(
                Kinds.Correction,
                $$"""{"action":"recall","of":"{{request.Id}}","matter":{{Text(
                    Odd
                )}},"ground":{{Text(Odd)}},"reason":{{Text(Odd)}},"deadline":"{{sent}}"}"""
            ) with
            {
                Case = request.Case,
            };
            var meeting = Ids.New();
            yield return New(
                Kinds.Proposal,
                $$"""
                {"text":"{{meeting}}","number":1,"seen":0,"acts":[{"act":"open","kind":{{Text("meeting")}},"languages":["fr"]},
                {"act":"propose","clause":"plan","version":"v1","wording":{"fr":{{Text(
                    $$"""{"kind":"meeting","date":"{{sent[..10]}}","time":"23:59","minutes":10080,"place":{{Text(Odd)}} }"""
                )}} } }]}
                """
            ) with
            {
                Case = Guid.Parse(meeting),
                Sent = at,
            };
            var activity = Ids.New();
            yield return New(
                Kinds.Activity,
                $$"""
                {"activity":"{{activity}}","kind":"training","title":{{Text(Odd)}},"domain":"terrorism","begins":"{{sent[
                    ..10
                ]}}","state":"planned","place":{{Text(Odd)}},"units":{ {{Text(Odd)}}:{{Text(Odd)}} },"note":{{Text(Odd)}} }
                """
            ) with
            {
                Case = Guid.Parse(activity),
                Sent = at,
            };
        }

        yield return New(Kinds.Request, TestMessages.Request().Body) with
        {
            Subject = new string('x', 200_000),
            Language = Odd,
            Handling = [Odd, "", "H1", ",", new string('h', 5000)],
            Tlp = Odd,
            Pap = Odd,
            Purpose = Odd,
            Evaluation = new Evaluation(Odd, Odd, Odd),
            Classification = new Classification(Odd, Odd, 1, Odd),
            Basis = new Basis(Odd, Odd),
            Transfer = new Transfer(Odd, Odd),
            Serves = [Guid.Empty, ours.Id],
            Subjects =
            [
                new Subject(
                    SubjectType.Person,
                    new Dictionary<string, IReadOnlyList<string>>
                    {
                        ["name"] = [Odd, ""],
                        ["born"] = ["9999-12-31", Odd],
                        [Odd] = [],
                        [""] = [""],
                    }
                )
                {
                    Category = Odd,
                },
            ],
            Attachments =
            [
                new Attachment(Odd, Odd, 3, Hash.Of("abc"u8)) { Content = [.. "abc"u8] },
                new Attachment("../../../etc/passwd", "text/html", 3, Hash.Zero) { Content = [.. "abc"u8] },
                new Attachment("", "", 0, Hash.Zero),
                new Attachment(new string('n', 10_000), "", long.MaxValue, Hash.Zero),
            ],
        };
        yield return New(Kinds.Answer, $$"""{"outcome":"refused","ground":{{Text(Odd)}},"text":{{Text(Odd)}} }""") with
        {
            Case = ours.Case,
            ReplyTo = ours.Id,
        };
    }

    private static string Text(string text) => JsonSerializer.Serialize(text);

    private static Message New(string kind, string body) => New(kind, JsonDocument.Parse(body).RootElement);

    private static Message New(string kind, JsonElement body) =>
        TestMessages.Request("es.interior", "ma.interieur") with
        {
            Id = Guid.Parse(Ids.New()),
            Kind = kind,
            Profile = new ProfileReference(Bureau.Terms.ProfileId, Bureau.Terms.ProfileVersion),
            Body = body,
        };

    private static async Task<Message> OwnRequestAsync(RunningNode node)
    {
        var own = await node.Database.MessagesAsync(MessageDirection.Out, Cancellation);
        return (await node.Services.GetRequiredService<MessageStore>().OpenAsync(own[0].Id, Cancellation))!.Message; // The furnished one.
    }

    /// <summary>In one envelope, by the receiver's own transaction; what it rejects is not there.</summary>
    private static async Task ReceiveAsync(RunningNode node, Message[] messages)
    {
        ReadOnlyMemory<byte>[] lines =
        [
            .. messages.Select((m, i) => (ReadOnlyMemory<byte>)(m with { Seq = i + 1 }).ToLine()),
        ];
        var batch = new Batch(
            NodeId.Parse("es.interior"),
            NodeId.Parse("ma.interieur"),
            1,
            lines.Length,
            Envelope.Root(lines),
            Hash.Zero,
            WireTime.Round(node.Clock.GetUtcNow())
        );
        var envelope = new OpenedEnvelope(Hash.Of(Encoding.UTF8.GetBytes("envelope")), batch, "batch", lines)
        {
            Leaves = [.. lines.Select(line => MerkleTree.LeafHash(line.Span))],
        };
        var taking = node.Services.GetRequiredService<ReceivingTransaction>();
        var outcome = await taking.RunAsync("es.interior", envelope, ReceivedLine.Of(envelope), Cancellation);
        var rejected = outcome.Received.ShouldNotBeNull().Entries.Count(entry => entry.Rejected is not null);
        rejected.ShouldBeLessThan(messages.Length / 2); // Else the rest of this test is about nothing.
    }
}
