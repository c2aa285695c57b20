using System.Text.Json;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Links;
using Entente.Node.Features.Record;
using Entente.Node.Features.Texts;
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
    DeskPost post,
    NodeOptions options,
    TimeProvider clock
)
{
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
        var message = await MessageAsync(officer, report, cancellation);
        return await record.WriteAsync<RecordRefusal?>(
            officer.Login,
            async entry =>
            {
                if (!await entries.MoveAsync(entry, commitment, said.State, said.Note, cancellation))
                {
                    return RecordRefusal.NotFound;
                }

                await ReportRows.InsertAsync(entry.Transaction, entry.NewId(), report, null, cancellation);
                if (message is not null)
                {
                    await post.PostAsync(entry.Transaction, message, officer.Login, cancellation);
                }

                return null;
            },
            cancellation
        );
    }

    /// <summary>Null where nobody else knows the commitment, or may be told now.</summary>
    private async Task<Message?> MessageAsync(Officer officer, CommitmentReport report, CancellationToken cancellation)
    {
        const string sql = """
            SELECT t.id, t.partner, t.rank FROM commitment c JOIN joint_text t ON t.id = c.instrument WHERE c.id = @Id
            """;
        var text = await database.ReadAsync(
            c => c.OneAsync<TextRow>(sql, new { Id = report.Commitment }, cancellation),
            cancellation
        );
        if (text is null || await links.FindAsync(text.Partner, cancellation) is null)
        {
            return null;
        }

        var letter = new DeskLetter
        {
            Kind = Kinds.Progress,
            Partner = text.Partner,
            Case = text.Id,
            Object = $"commitment:{report.Commitment}",
            Subject = report.State,
            Rank = text.Rank,
            At = report.At,
            RestsOn = text.Id,
            Body = Body(report),
        };
        return (await post.WriteAsync(officer, letter, cancellation)).Message;
    }

    private static JsonElement Body(CommitmentReport report) =>
        new ProgressBody(Guid.Parse(report.Commitment), report.State, report.At)
        {
            Note = report.Note,
            Unknown = new Dictionary<string, JsonElement>
            {
                ["commitment"] = JsonSerializer.SerializeToElement(true),
                ["figure"] = JsonSerializer.SerializeToElement(report.Figure),
            },
        }.ToBody();
}
