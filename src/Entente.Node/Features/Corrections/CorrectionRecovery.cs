using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Recovery;
using Entente.Node.Hosting;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Protocol;
using LedgerAction = Entente.Node.Ledger.LedgerAction;

namespace Entente.Node.Features.Corrections;

/// <summary>
/// Corrections that this node had begun, passed on or answered before it was restored. What it had said to be erased is
/// erased again: the backup and the partners still hold it.
/// </summary>
internal sealed class CorrectionRecovery(MessageErasure erasure, LedgerLog ledger, NodeOptions options)
    : IForgottenSending
{
    private static readonly TimeSpan Ordinary = TimeSpan.FromDays(7);

    public Task SentAsync(
        Transaction transaction,
        Message message,
        DateTimeOffset at,
        CancellationToken cancellation
    ) =>
        message.Kind == Kinds.Correction && CorrectionBody.Read(message) is { } body
            ? body.Action switch
            {
                CorrectionActions.Recall or CorrectionActions.Rectify => NoticedAsync(
                    transaction,
                    message,
                    body,
                    cancellation
                ),
                CorrectionActions.Erased or CorrectionActions.Rectified or CorrectionActions.Refused => DecidedAsync(
                    transaction,
                    message,
                    body,
                    cancellation
                ),
                _ => Task.CompletedTask, // What was said of others is kept where it was heard.
            }
            : Task.CompletedTask;

    /// <returns>Whether the correction that the notice belongs to is here: another partner may have to give it back first.</returns>
    public async Task<bool> NoticedAsync(
        Transaction t,
        Message message,
        CorrectionBody body,
        CancellationToken cancellation
    )
    {
        var id = message.Id.ToString();
        if (await CorrectionRows.NoticeAsync(t, id, cancellation) is not null)
        {
            return true;
        }

        if (await CorrectionAsync(t, message, body, cancellation) is not { } correction)
        {
            return false;
        }

        var notice = new NoticeRow
        {
            Id = id,
            CorrectionId = correction,
            Partner = message.To.Node.ToString(),
            MessageId = body.Of.ToString(),
            Deadline = body.Deadline ?? message.Sent + Ordinary,
            State = "sent",
            StateAt = message.Sent,
        };
        await CorrectionRows.NoticeAsync(t, notice, cancellation);
        return true;
    }

    /// <summary>Our own, made again if need be; a partner's only where that partner's recall is here.</summary>
    private async Task<string?> CorrectionAsync(
        Transaction t,
        Message message,
        CorrectionBody body,
        CancellationToken cancellation
    )
    {
        if (!body.Matter.EndsWith($"@{options.Node}", StringComparison.Ordinal))
        {
            const string passed = """
                SELECT c.id FROM request r JOIN correction c ON c.message_id = r.forwards
                WHERE r.id = @Id AND c.matter = @Matter
                """;
            var of = new { Id = body.Of.ToString(), body.Matter };
            return await t.OneAsync<string>(passed, of, cancellation);
        }

        var row = new CorrectionRow
        {
            Id = body.Matter[..^(options.Node.Length + 1)],
            Matter = body.Matter,
            Direction = "out",
            Partner = "",
            MessageId = body.Of.ToString(),
            CaseId = message.Case.ToString(),
            Unit = message.From.Unit,
            Action = body.Action,
            Ground = body.Ground ?? "",
            At = message.Sent,
            Deadline = body.Deadline ?? message.Sent + Ordinary,
            State = "begun",
        };
        await CorrectionRows.InsertAsync(t, row, cancellation);
        return row.Id;
    }

    private async Task DecidedAsync(Transaction t, Message message, CorrectionBody body, CancellationToken cancellation)
    {
        if (await CorrectionRows.FindAsync(t, message.ReplyTo?.ToString() ?? "", cancellation) is not { } row)
        {
            return;
        }

        long? leaf = null;
        if (body.Action != CorrectionActions.Refused)
        {
            await EraseAsync(t, row, cancellation);
            leaf = await ledger.LastAsync(t, $"message:{row.MessageId}", LedgerAction.Erase, cancellation);
        }

        var decision = (message.Sent, Officer.NodeActor, leaf);
        await CorrectionRows.DecideAsync(t, row.Id, body.Action, decision, cancellation);
    }

    /// <summary>The content, and that of what passed it on.</summary>
    public async Task EraseAsync(Transaction t, CorrectionRow row, CancellationToken cancellation)
    {
        var passed = await CaseBook.PassedOnAsync(t, row.MessageId, cancellation);
        string[] ids = [row.MessageId, .. passed.Select(p => p.Id)];
        await erasure.EraseAsync(t, ids, row.Action, Officer.NodeActor, cancellation);
    }
}
