using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Links;
using Entente.Node.Features.Texts.Negotiation;
using Entente.Node.Guard;
using Entente.Node.Hosting;
using Entente.Node.Storage;

namespace Entente.Node.Features.Texts;

/// <summary>Joint texts as pages and other features ask for them.</summary>
internal sealed class TextBook(
    Database database,
    MessageStore messages,
    Drafting drafting,
    DisclosureGuard guard,
    NodeOptions options
)
{
    public const int PageSize = 50;

    public const string Columns =
        "t.id, t.partner, t.country, t.kind, t.title, t.state, t.rank, t.disagreements, t.waiting, t.amends, t.meeting, "
        + "t.sha256, t.in_force_at, t.changed_at, t.stale";

    /// <summary>Joint texts proper: meetings are agreed the same way and listed elsewhere.</summary>
    public Task<IReadOnlyList<TextRow>> ListAsync(Officer reader, string? country, CancellationToken cancellation)
    {
        const string all = $"""
            SELECT {Columns} FROM joint_text t
            WHERE t.rank <= @Clearance AND t.kind <> 'meeting' ORDER BY t.changed_at DESC, t.id LIMIT 200
            """;
        const string one = $"""
            SELECT {Columns} FROM joint_text t
            WHERE t.country = @Country AND t.rank <= @Clearance AND t.kind <> 'meeting'
            ORDER BY t.changed_at DESC, t.id LIMIT 200
            """;
        var with = new { Country = country, reader.Clearance };
        return database.ReadAsync(
            c => c.ListAsync<TextRow>(country is null ? all : one, with, cancellation),
            cancellation
        );
    }

    public Task<TextRow?> RowAsync(string id, CancellationToken cancellation)
    {
        const string sql = $"SELECT {Columns} FROM joint_text t WHERE t.id = @Id";
        return database.ReadAsync(c => c.OneAsync<TextRow>(sql, new { Id = id }, cancellation), cancellation);
    }

    /// <summary>Null where there is none, or its reader may not see it.</summary>
    public async Task<TextView?> FindAsync(Officer reader, string id, CancellationToken cancellation) =>
        await RowAsync(id, cancellation) is { } row && await MaySeeAsync(reader, row, cancellation)
            ? await ViewAsync(row, cancellation)
            : null;

    /// <summary>For the node itself, which shows it to nobody.</summary>
    public async Task<TextView> ViewAsync(TextRow row, CancellationToken cancellation)
    {
        var opened = await messages.OpenCaseAsync(row.Id, cancellation);
        var turns = Turns(opened, row.Partner);
        var draft = await database.ReadAsync(c => drafting.OfAsync(c, row.Id, cancellation), cancellation);
        return new TextView(row, turns, draft, options.Node)
        {
            OwnMessages = opened.Count(one => one.Stored.Direction == MessageDirection.Out),
        };
    }

    internal static List<Turn> Turns(IReadOnlyList<OpenedMessage> messages, string partner)
    {
        var turns = new List<Turn>();
        foreach (var opened in messages)
        {
            if (
                // A turn in another kind of message was never judged as one, nor its signature.
                opened.Message.Kind
                    is Protocol.Kinds.Proposal
                        or Protocol.Kinds.Adoption
                && !TermsWire.IsTerms(opened.Message)
                && opened.Stored.Partner == partner
                && opened.Stored.State != MessageState.Rejected
                && Turn.Read(opened.Message.Body) is { } turn
            )
            {
                turns.Add(turn with { By = opened.Message.From.Node.ToString(), At = opened.Message.Sent });
            }
        }

        return turns;
    }

    private async Task<bool> MaySeeAsync(Officer reader, TextRow row, CancellationToken cancellation)
    {
        var view = new Disclosure
        {
            Act = DisclosureAct.View,
            Officer = reader,
            Kind = Protocol.Kinds.Proposal,
            Partner = row.Partner,
            Rank = row.Rank,
        };
        return (await guard.DecideAsync(view, cancellation)).Allowed;
    }
}
