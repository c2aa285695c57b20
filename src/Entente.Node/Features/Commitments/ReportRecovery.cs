using Entente.Node.Features.Accounts;
using Entente.Node.Features.Record;
using Entente.Node.Features.Recovery;
using Entente.Node.Hosting;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Commitments;

/// <summary>What this node had said of a commitment before it was restored: its report, and where the commitment stands here.</summary>
internal sealed class ReportRecovery(RecordDesk record, RecordEntries entries, NodeOptions options) : IForgottenSending
{
    public async Task SentAsync(
        Transaction transaction,
        Message message,
        DateTimeOffset at,
        CancellationToken cancellation
    )
    {
        var body = ReportReception.IsReport(message) ? message.AsProgress().Value : null;
        if (body is null || await IsKnownAsync(transaction, body, cancellation))
        {
            return;
        }

        var report = new CommitmentReport
        {
            Commitment = body.Of.ToString(),
            Side = options.Node,
            At = body.At,
            Author = message.From.Unit, // Who it was is in no message.
            State = body.State,
            Figure = ReportReception.Figure(body),
            Note = body.Note ?? "",
        };
        await record.WithinAsync(
            transaction,
            Officer.NodeActor,
            async entry =>
            {
                await entries.MoveAsync(entry, report.Commitment, report.State, report.Note, cancellation);
                await ReportRows.InsertAsync(transaction, entry.NewId(), report, null, cancellation);
                return true;
            },
            cancellation
        );
    }

    private async Task<bool> IsKnownAsync(Transaction transaction, ProgressBody body, CancellationToken cancellation)
    {
        const string sql = """
            SELECT id FROM commitment_report WHERE commitment = @Commitment AND side = @Side AND at = @At LIMIT 1
            """;
        var values = new
        {
            Commitment = body.Of.ToString(),
            Side = options.Node,
            body.At,
        };
        return await transaction.OneAsync<string>(sql, values, cancellation) is not null;
    }
}
