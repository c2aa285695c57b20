using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Record;
using Entente.Node.Guard;
using Entente.Node.Hosting;
using Entente.Node.Storage;
using Entente.Protocol;
using PageKey = Entente.Node.Features.Record.PageKey;

namespace Entente.Node.Features.Activities;

/// <summary>Activities as pages, figures and the briefing ask for them. A reader is told of none above their clearance.</summary>
internal sealed class ActivityBook(
    Database database,
    MessageStore messages,
    DisclosureGuard guard,
    CommitmentBook commitments,
    InstrumentBook instruments,
    NodeOptions options
)
{
    public const int PageSize = 50;

    /// <summary>A page, the latest first, and one more where there is a next.</summary>
    public Task<IReadOnlyList<ActivityRow>> ListAsync(
        Officer reader,
        ActivityFilter filter,
        CancellationToken cancellation
    )
    {
        const string sql = $"""
            SELECT {ActivityRow.Columns} FROM activity a
            WHERE a.rank <= @Clearance AND (@Country = '' OR a.country = @Country) AND (@Kind = '' OR a.kind = @Kind)
                AND (@State = '' OR a.state = @State) AND (a.begins, a.id) < (@Date, @Id)
            ORDER BY a.begins DESC, a.id DESC LIMIT @Limit
            """;
        var key = PageKey.Parse(filter.Before);
        var with = new
        {
            reader.Clearance,
            Country = filter.Country ?? "",
            Kind = filter.Kind ?? "",
            State = filter.State ?? "",
            key.Date,
            key.Id,
            Limit = PageSize + 1,
        };
        return database.ReadAsync(c => c.ListAsync<ActivityRow>(sql, with, cancellation), cancellation);
    }

    /// <summary>The states with which there is one.</summary>
    public Task<IReadOnlyList<string>> CountriesAsync(Officer reader, CancellationToken cancellation)
    {
        const string sql = "SELECT DISTINCT country FROM activity WHERE rank <= @Clearance ORDER BY country";
        return database.ReadAsync(c => c.ListAsync<string>(sql, new { reader.Clearance }, cancellation), cancellation);
    }

    /// <summary>Those that either side says serve a commitment, the latest first.</summary>
    public Task<IReadOnlyList<ActivityRow>> ServingAsync(
        Officer reader,
        string commitment,
        CancellationToken cancellation
    )
    {
        const string sql = $"""
            SELECT {ActivityRow.Columns} FROM activity a
            WHERE a.rank <= @Clearance
                AND a.id IN (SELECT x.activity FROM activity_commitment x WHERE x.commitment = @Commitment)
            ORDER BY a.begins DESC, a.id DESC LIMIT 50
            """;
        var with = new { reader.Clearance, Commitment = commitment };
        return database.ReadAsync(c => c.ListAsync<ActivityRow>(sql, with, cancellation), cancellation);
    }

    /// <summary>Null where there is none, or its reader may not see it.</summary>
    public async Task<ActivityView?> FindAsync(Officer reader, string id, CancellationToken cancellation)
    {
        const string sql = $"SELECT {ActivityRow.Columns} FROM activity a WHERE a.id = @Id";
        var row = await database.ReadAsync(
            c => c.OneAsync<ActivityRow>(sql, new { Id = id }, cancellation),
            cancellation
        );
        if (row is null || !await MaySeeAsync(reader, row, cancellation))
        {
            return null;
        }

        var said = await SaidAsync(row, cancellation);
        return new ActivityView(
            row,
            said,
            await ServedAsync(said, cancellation),
            row.Instrument is null ? null : await instruments.FindAsync(row.Instrument, cancellation),
            options.Node
        );
    }

    private async Task<IReadOnlyList<SaidOfActivity>> SaidAsync(ActivityRow row, CancellationToken cancellation) =>
        [
            .. (await messages.OpenCaseAsync(row.Id, cancellation))
                .Where(m => m.Stored.Kind == Kinds.Activity && m.Stored.Partner == row.Partner)
                .Select(m => (m.Message, m.Stored, Account: ActivityAccount.Read(m.Message.Body)))
                .Where(m => m.Account is not null)
                .Select(m => new SaidOfActivity(m.Account!, m.Message, m.Stored)) // Filtered just before.
                .OrderByDescending(m => m.Message.Id.ToString(), StringComparer.Ordinal),
        ];

    private async Task<IReadOnlyList<CommitmentRow>> ServedAsync(
        IReadOnlyList<SaidOfActivity> said,
        CancellationToken cancellation
    )
    {
        var latest = said.DistinctBy(one => one.Message.From.Node).SelectMany(one => one.Message.Serves ?? []);
        var found = new List<CommitmentRow>();
        foreach (var id in latest.Distinct().Take(20))
        {
            if (await commitments.FindAsync(id.ToString(), cancellation) is { } commitment)
            {
                found.Add(commitment.Row);
            }
        }

        return found;
    }

    private async Task<bool> MaySeeAsync(Officer reader, ActivityRow row, CancellationToken cancellation)
    {
        var view = new Disclosure
        {
            Act = DisclosureAct.View,
            Officer = reader,
            Kind = Kinds.Activity,
            Partner = row.Partner,
            Rank = row.Rank,
        };
        return (await guard.DecideAsync(view, cancellation)).Allowed;
    }
}

/// <param name="Before">See <see cref="PageKey"/>.</param>
public sealed record ActivityFilter(string? Country, string? Kind, string? State, string? Before = null);

/// <summary>One account with the message it came in.</summary>
public sealed record SaidOfActivity(ActivityAccount Account, Message Message, StoredMessage Stored);

/// <param name="Said">What both sides said, the newest first.</param>
/// <param name="Serves">The commitments it serves that are on our record.</param>
/// <param name="Instrument">What it rests on, where that is on our record.</param>
/// <param name="Self">Our node's id.</param>
public sealed record ActivityView(
    ActivityRow Row,
    IReadOnlyList<SaidOfActivity> Said,
    IReadOnlyList<CommitmentRow> Serves,
    InstrumentView? Instrument,
    string Self
)
{
    public SaidOfActivity? Ours => Said.FirstOrDefault(one => one.Message.From.Node.ToString() == Self);

    public SaidOfActivity? Theirs => Said.FirstOrDefault(one => one.Message.From.Node.ToString() != Self);

    /// <summary>As we say; as the partner does while we have said nothing.</summary>
    public IReadOnlyList<ActivityParticipant> Participants => (Ours ?? Theirs)?.Account.Participants ?? [];

    /// <summary>What it rests on in the words of whoever named it: our record need not have it.</summary>
    public string? BasisTitle =>
        Said.Select(one => one.Message.Basis?.Text("title")).FirstOrDefault(title => !string.IsNullOrEmpty(title));

    /// <summary>Who owns it on a side, as that side says, else as the other does.</summary>
    public string? UnitOf(string node) =>
        Said.OrderByDescending(one => one.Message.From.Node.ToString() == node)
            .Select(one => one.Account.Units.GetValueOrDefault(node))
            .FirstOrDefault(unit => !string.IsNullOrEmpty(unit));
}
