using Entente.Node.Features.Accounts;
using Entente.Node.Features.Approvals;
using Entente.Node.Features.Record;
using Entente.Node.Features.Texts;
using Entente.Node.Features.Texts.Negotiation;
using Entente.Node.Storage;
using Entente.Node.Tests.Exchange;
using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.JointTexts;

/// <summary>The cooperation desks of two real nodes, and what they do to a text.</summary>
internal sealed class TwoDesks(TestPair pair) : IAsyncDisposable
{
    public static readonly IReadOnlyList<string> Languages = ["fr", "es"];

    public static readonly Officer Desk = new(
        "u-desk",
        "bureau",
        "Bureau",
        "cooperation",
        new HashSet<Role> { Role.Desk },
        Clearance: 2
    );

    /// <summary>Gives the signature that the desk asks for.</summary>
    public static readonly Officer Chief = Desk with
    {
        Id = "u-chief",
        Login = "chef",
        Unit = "direction",
        Roles = new HashSet<Role> { Role.Supervisor },
    };

    public TestNode Rabat => pair.Rabat;

    public TestNode Madrid => pair.Madrid;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<TwoDesks> OpenAsync(string engine) =>
        new(
            await TestPair.LinkedAsync(
                engine,
                settings: TestLinks.Settings with
                {
                    Kinds = new HashSet<string>
                    {
                        Kinds.Proposal,
                        Kinds.Adoption,
                        Kinds.Progress,
                        Kinds.Request,
                        Kinds.Activity,
                    },
                }
            )
        );

    public async Task<string> BeginAsync()
    {
        var (id, refusal) = await Rabat
            .Services.GetRequiredService<TextBeginnings>()
            .OpenAsync(
                Desk,
                new TextBeginning
                {
                    Partner = Madrid.Id,
                    Kind = "declaration-of-intent",
                    Languages = Languages,
                },
                Cancellation
            );
        refusal.ShouldBeNull();
        await SendAsync(Rabat, id!);
        await SettledAsync(id!, text => text.Title is not null);
        return id!;
    }

    public async Task<TextView> ViewAsync(TestNode node, string id) =>
        (await node.Services.GetRequiredService<TextBook>().FindAsync(Desk, id, Cancellation))!; // Asked for when it is there.

    public async Task WordAsync(TestNode node, string id, int clause, string words)
    {
        var view = await ViewAsync(node, id);
        var wording = Languages.ToDictionary(l => l, l => $"{words} ({l})");
        var refusal = await node
            .Services.GetRequiredService<ClauseDesk>()
            .WordAsync(Desk, id, new ProposedWords(view.Seen.Clauses[clause].Id, wording, [], null), Cancellation);
        refusal.ShouldBeNull();
    }

    public async Task SendAsync(TestNode node, string id) =>
        (await node.Services.GetRequiredService<TextSending>().SendAsync(Desk, id, Cancellation)).ShouldBeNull();

    public Task<TextRefusal?> AcceptAllAsync(TestNode node, string id) =>
        node.Services.GetRequiredService<VersionDesk>().AcceptAsync(Desk, id, null, Cancellation);

    public Task<TextRefusal?> WithdrawAsync(TestNode node, string id, string version) =>
        node.Services.GetRequiredService<VersionDesk>().WithdrawAsync(Desk, id, version, Cancellation);

    /// <summary>Asked for by the desk and given by the chief.</summary>
    public async Task<TextRefusal?> SignAsync(TestNode node, string id) =>
        await AskToSignAsync(node, id) ?? await GrantAsync(node, id);

    public async Task<TextRefusal?> AskToSignAsync(TestNode node, string id)
    {
        var view = await ViewAsync(node, id);
        return await node
            .Services.GetRequiredService<Signing>()
            .AskAsync(Desk, id, view.Sent.Canonical?.Sha256 ?? "", Cancellation);
    }

    /// <returns>Null where the signature has left.</returns>
    public async Task<TextRefusal?> GrantAsync(TestNode node, string id, Officer? by = null)
    {
        var waiting = await node.Services.GetRequiredService<Signing>().WaitingAsync(id, Cancellation);
        var error = await node
            .Services.GetRequiredService<ApprovalDesk>()
            .DecideAsync(by ?? Chief, waiting!.Id, grant: true, "Lu et approuvé.", Cancellation); // Asked for before.
        return error is null ? null : new TextRefusal(error.Code);
    }

    /// <summary>From the first draft to both signatures.</summary>
    public async Task<string> SignedAsync()
    {
        var id = await BeginAsync();
        (await AcceptAllAsync(Madrid, id)).ShouldBeNull();
        await SendAsync(Madrid, id);
        await SettledAsync(id, text => text.Obstacles.Count == 0);
        (await SignAsync(Rabat, id)).ShouldBeNull();
        await SettledAsync(id, text => text.Signatures.Count == 1);
        (await SignAsync(Madrid, id)).ShouldBeNull();
        await SettledAsync(id, text => text.InForce is not null);
        return id;
    }

    public async Task<InstrumentView> InstrumentAsync(TestNode node, string id)
    {
        InstrumentView? found = null;
        await TestNode.WaitUntilAsync(async () =>
            (found = await node.Services.GetRequiredService<InstrumentBook>().FindAsync(id, Cancellation)) is not null
        );
        return found!; // Waited for.
    }

    /// <summary>Waits until both nodes hold the same text and it is as wanted.</summary>
    public Task SettledAsync(string id, Func<TextState, bool> wanted) =>
        TestNode.WaitUntilAsync(async () =>
        {
            var (rabat, madrid) = (await FindAsync(Rabat, id), await FindAsync(Madrid, id));
            return rabat is not null
                && madrid is not null
                && rabat.Turns.Count == madrid.Turns.Count
                && rabat.Sent.Canonical == madrid.Sent.Canonical
                && wanted(rabat.Sent)
                && wanted(madrid.Sent);
        });

    public async ValueTask DisposeAsync() => await pair.DisposeAsync();

    private static async Task<TextView?> FindAsync(TestNode node, string id) =>
        await node.Services.GetRequiredService<TextBook>().FindAsync(Desk, id, Cancellation);
}
