using Entente.Node.Features.Delivery;
using Entente.Node.Features.Recovery;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Corrections;

/// <summary>
/// A correction runs through several partners, and a restored node hears of it from each in no order of its own. When one
/// has nothing more to give back, what belongs together is joined, and who was not told yet is told.
/// </summary>
internal sealed class CorrectionCompletion(
    Database database,
    MessageStore messages,
    CorrectionRecovery recovery,
    CorrectionReception reception,
    CorrectionNotices notices,
    TimeProvider clock
) : IRecoveryWatcher
{
    public async Task EndedAsync(string partner, CancellationToken cancellation)
    {
        var asked = (await AskedAsync(cancellation)).Where(link => link != partner).ToHashSet(StringComparer.Ordinal);
        await database.WriteAsync(
            async t =>
            {
                await JoinAsync(t, cancellation);
                foreach (var row in await ToldAsync(t, cancellation))
                {
                    await FinishAsync(t, row, asked, cancellation);
                }
            },
            cancellation
        );
    }

    private Task<IReadOnlyList<string>> AskedAsync(CancellationToken cancellation)
    {
        const string sql = "SELECT partner FROM recovery WHERE state = 'asking'";
        return database.ReadAsync(c => c.ListAsync<string>(sql, null, cancellation), cancellation);
    }

    /// <summary>Notices that came back before the correction they pass on, and what was answered to them.</summary>
    private async Task JoinAsync(Transaction t, CancellationToken cancellation)
    {
        const string loose = """
            SELECT m.id, m.delivered FROM message m
            WHERE m.kind = 'correction' AND m.direction = 'out' AND m.at >= @Since
                AND NOT EXISTS (SELECT 1 FROM correction_notice n WHERE n.id = m.id)
            ORDER BY m.at, m.id
            """;
        const string answers = """
            SELECT m.id FROM message m WHERE m.reply_to = @Id AND m.kind = 'correction' AND m.direction = 'in'
            ORDER BY m.at, m.id
            """;
        foreach (var one in await t.ListAsync<Loose>(loose, new { Since }, cancellation))
        {
            var said = (await messages.OpenAsync(t, one.Id, cancellation))?.Message;
            if (
                said is null
                || CorrectionBody.Read(said)
                    is not { Action: CorrectionActions.Recall or CorrectionActions.Rectify } body
                || !await recovery.NoticedAsync(t, said, body, cancellation)
            )
            {
                continue;
            }

            if (one.Delivered is { } at)
            {
                await CorrectionRows.DeliveredAsync(t, [new DeliveredMessage(one.Id, at, null)], cancellation);
            }

            foreach (var id in await t.ListAsync<string>(answers, new { one.Id }, cancellation))
            {
                if (await messages.OpenAsync(t, id, cancellation) is { } answer)
                {
                    IncomingMessage[] again = [new IncomingMessage(answer.Message, again: true)];
                    await reception.AcceptAsync(t, again, answer.Stored.At, cancellation);
                }
            }
        }
    }

    private Task<IReadOnlyList<CorrectionRow>> ToldAsync(Transaction t, CancellationToken cancellation)
    {
        const string sql = $"""
            SELECT {CorrectionRow.Columns} FROM correction c WHERE c.direction = 'in' AND c.at >= @Since ORDER BY c.at, c.id
            """;
        return t.ListAsync<CorrectionRow>(sql, new { Since }, cancellation);
    }

    private async Task FinishAsync(
        Transaction t,
        CorrectionRow row,
        HashSet<string> asked,
        CancellationToken cancellation
    )
    {
        if (row.State is CorrectionActions.Erased or CorrectionActions.Rectified)
        {
            await recovery.EraseAsync(t, row, cancellation);
        }

        if (await messages.FindAsync(t, row.MessageId, cancellation) is not { } about)
        {
            return;
        }

        const string told = "SELECT id FROM correction_notice WHERE correction_id = @Id AND message_id = @To LIMIT 1";
        foreach (var to in await notices.RecipientsAsync(t, about, cancellation))
        {
            // A partner that is still asked may show that it was told.
            if (
                !asked.Contains(to.Partner)
                && await t.OneAsync<string>(told, new { row.Id, To = to.Id }, cancellation) is null
            )
            {
                await reception.PassOnAsync(t, row, await BodyAsync(t, row, cancellation), to, cancellation);
            }
        }
    }

    private async Task<CorrectionBody> BodyAsync(Transaction t, CorrectionRow row, CancellationToken cancellation)
    {
        var told = (await messages.OpenAsync(t, row.Id, cancellation))?.Message;
        var body =
            (told is null ? null : CorrectionBody.Read(told))
            ?? new CorrectionBody(CorrectionActions.Recall, Guid.Parse(row.MessageId), row.Matter)
            {
                Ground = row.Ground,
            };
        return body with { Deadline = row.Deadline };
    }

    private DateTimeOffset Since => clock.GetUtcNow() - RecoveryShelf.Longest;

    private sealed record Loose
    {
        public required string Id { get; init; }
        public DateTimeOffset? Delivered { get; init; }
    }
}
