using System.Text.Json;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Record;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Commitments;

/// <summary>Keeps what a partner says of a commitment made in a text that both have in force, or are about to have.</summary>
internal sealed class ReportReception(Ids ids) : IReception
{
    private const int LongestNote = 1000;
    private static readonly string Policy = Reason.Policy.Code();

    public async Task AcceptAsync(
        Transaction transaction,
        IReadOnlyList<IncomingMessage> messages,
        DateTimeOffset receivedAt,
        CancellationToken cancellation
    )
    {
        foreach (var incoming in messages.Where(m => m.Refusal is null && IsReport(m.Message)))
        {
            incoming.Refusal = await KeepAsync(transaction, incoming.Message, cancellation);
        }
    }

    internal static bool IsReport(Message message) =>
        message.Kind == Kinds.Progress && message.Body.TryGetProperty("commitment", out _);

    private async Task<string?> KeepAsync(Transaction transaction, Message message, CancellationToken cancellation)
    {
        // The commitment itself may be a moment behind: it enters the record after the signature was taken.
        const string sql = """
            SELECT t.partner FROM joint_text t WHERE t.id = @Text
                AND NOT EXISTS (SELECT 1 FROM commitment c WHERE c.id = @Commitment AND COALESCE(c.instrument, '') <> t.id)
            """;
        var body = message.AsProgress();
        var partner = message.From.Node.ToString();
        var of = new { Text = message.Case.ToString(), Commitment = body.Ok ? body.Value.Of.ToString() : "" };
        if (
            !body.Ok
            || !Record.Commitments.States.Contains(body.Value.State)
            || body.Value.Note is { Length: > LongestNote }
            || await transaction.OneAsync<string>(sql, of, cancellation) != partner
        )
        {
            return Policy;
        }

        var report = new CommitmentReport
        {
            Commitment = body.Value.Of.ToString(),
            Side = partner,
            At = body.Value.At,
            Author = message.From.Unit,
            State = body.Value.State,
            Figure = Figure(body.Value),
            Note = body.Value.Note ?? "",
        };
        await ReportRows.InsertAsync(transaction, ids.New(), report, message.Id.ToString(), cancellation);
        return null;
    }

    internal static int? Figure(ProgressBody body) =>
        body.Unknown is { } unknown
        && unknown.TryGetValue("figure", out var figure)
        && figure.ValueKind == JsonValueKind.Number
        && figure.TryGetInt32(out var number)
            ? number
            : null;
}
