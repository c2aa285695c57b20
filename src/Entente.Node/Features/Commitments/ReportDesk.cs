using System.Text.Json;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Links;
using Entente.Node.Features.Record;
using Entente.Node.Features.Texts;
using Entente.Node.Guard;
using Entente.Node.Hosting;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Commitments;

/// <summary>
/// Says how a commitment goes. What both nodes know by one id, because a text in force promises it, is told to the other
/// side as a `progress`; the rest stays here.
/// </summary>
internal sealed class ReportDesk(
    RecordDesk record,
    RecordEntries entries,
    Database database,
    LinkDirectory links,
    DisclosureGuard guard,
    NodeMarking marking,
    Outbox outbox,
    NodeOptions options,
    TimeProvider clock
)
{
    private const int Priority = 3;

    public async Task<RecordRefusal?> ReportAsync(
        Officer officer,
        string commitment,
        (string State, int? Figure, string Note) said,
        CancellationToken cancellation
    )
    {
        if (entries.Refuse(said.State, said.Note) is { } refusal)
        {
            return refusal;
        }

        var shared = await SharedAsync(officer, commitment, cancellation);
        return await record.WriteAsync<RecordRefusal?>(
            officer.Login,
            async entry =>
            {
                if (!await entries.MoveAsync(entry, commitment, said.State, said.Note, cancellation))
                {
                    return RecordRefusal.NotFound;
                }

                var report = new CommitmentReport
                {
                    Commitment = commitment,
                    Side = options.Node,
                    At = WireTime.Round(clock.GetUtcNow()),
                    Author = officer.Login,
                    State = said.State,
                    Figure = said.Figure,
                    Note = said.Note,
                };
                await ReportRows.InsertAsync(entry.Transaction, entry.NewId(), report, null, cancellation);
                if (shared is { } with)
                {
                    var message = Message(officer, entry.NewId(), with, report);
                    await outbox.EnqueueAsync(entry.Transaction, message, Priority, officer.Login, cancellation);
                }

                return null;
            },
            cancellation
        );
    }

    /// <summary>Whom to tell; null where nobody else knows the commitment, or may be told now.</summary>
    private async Task<Shared?> SharedAsync(Officer officer, string commitment, CancellationToken cancellation)
    {
        const string sql = """
            SELECT t.id, t.partner, t.rank FROM commitment c JOIN joint_text t ON t.id = c.instrument WHERE c.id = @Id
            """;
        var row = await database.ReadAsync(
            c => c.OneAsync<TextRow>(sql, new { Id = commitment }, cancellation),
            cancellation
        );
        var link = row is null ? null : await links.FindAsync(row.Partner, cancellation);
        if (row is null || link is null)
        {
            return null;
        }

        var disclosure = new Disclosure
        {
            Act = DisclosureAct.Send,
            Officer = officer,
            Kind = Kinds.Progress,
            Partner = row.Partner,
            Link = link,
            AnsweredBasis = row.Id,
            Rank = row.Rank,
        };
        return (await guard.DecideAsync(disclosure, cancellation)).Allowed
            ? new Shared(row, link, await marking.MarkAsync(row.Rank, cancellation))
            : null;
    }

    private Message Message(Officer officer, string id, Shared with, CommitmentReport report) =>
        new()
        {
            Id = Guid.Parse(id),
            Kind = Kinds.Progress,
            From = new Address(officer.Unit, NodeId.Parse(options.Node)),
            To = new Address(TextSending.DeskUnit, NodeId.Parse(with.Text.Partner)),
            Case = Guid.Parse(with.Text.Id),
            Sent = report.At,
            Subject = report.State,
            Language = "fr",
            Profile = new ProfileReference(with.Link.Settings.ProfileId, with.Link.Settings.ProfileVersion),
            Classification = with.Marking,
            Body = new ProgressBody(Guid.Parse(report.Commitment), report.State, report.At)
            {
                Note = report.Note,
                Unknown = new Dictionary<string, JsonElement>
                {
                    ["commitment"] = JsonSerializer.SerializeToElement(true),
                    ["figure"] = JsonSerializer.SerializeToElement(report.Figure),
                },
            }.ToBody(),
        };

    private sealed record Shared(TextRow Text, Link Link, Classification Marking);
}
