using Dapper;
using Entente.Node.Features.Accounts;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Node.Web.Navigation;
using Entente.Protocol;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Audit;

/// <summary>Raises alarms, lists them, closes them with a reason. Raising and closing are both in the ledger.</summary>
internal sealed class Alarms(Database database, LedgerLog ledger, Ids ids, TimeProvider clock) : INavCount
{
    public const int ShortestReason = 10;
    private const int Listed = 200;

    // More of the same from the same partner tells nobody anything, and each would have to be closed with a reason.
    private const int MostAlike = 20;

    public string Href => Page;

    public const string Page = "/ledger/alarms";

    /// <summary>Raises it unless the same one is open already, or many of the same kind and partner are.</summary>
    public async Task RaiseAsync(
        Transaction transaction,
        AlarmKind kind,
        string? link,
        string detail,
        CancellationToken cancellation
    )
    {
        var alarm = new
        {
            Id = ids.New(),
            At = clock.GetUtcNow(),
            Kind = kind.Code,
            Link = link,
            Detail = detail,
            MostAlike,
        };
        const string sql = """
            INSERT INTO alarm (id, at, kind, link, detail)
            SELECT @Id, @At, @Kind, @Link, @Detail
            WHERE NOT EXISTS (
              SELECT 1 FROM alarm
              WHERE dismissed_at IS NULL AND kind = @Kind AND COALESCE(link, '') = COALESCE(@Link, '') AND detail = @Detail
            )
            AND (COALESCE(@Link, '') = '' OR @MostAlike > (
              SELECT COUNT(*) FROM alarm WHERE dismissed_at IS NULL AND kind = @Kind AND link = @Link
            ))
            """;
        var raised = await transaction.Connection.ExecuteAsync(
            new CommandDefinition(sql, alarm, transaction.Inner, cancellationToken: cancellation)
        );
        if (raised > 0)
        {
            var e = new LedgerEvent(
                Officer.NodeActor,
                LedgerAction.Administer,
                $"alarm:{alarm.Id}",
                $"alarm-raised:{kind.Code}",
                Link: link
            );
            await ledger.AppendAsync(transaction, e, cancellation);
        }
    }

    public async Task<int> CountAsync(Officer officer, CancellationToken cancellation) =>
        LedgerReaders.AnswersForAlarms(officer) ? await CountOpenAsync(cancellation) : 0;

    public Task<int> CountOpenAsync(CancellationToken cancellation)
    {
        const string sql = "SELECT COUNT(*) FROM alarm WHERE dismissed_at IS NULL";
        return database.ReadAsync(
            c => c.ExecuteScalarAsync<int>(new CommandDefinition(sql, cancellationToken: cancellation)),
            cancellation
        );
    }

    /// <summary>The open ones, then the last closed ones.</summary>
    public Task<IReadOnlyList<Alarm>> ListAsync(CancellationToken cancellation)
    {
        const string sql = """
            SELECT id, at, kind, link, detail, dismissed_at, dismissed_by, dismissed_reason
            FROM alarm
            ORDER BY CASE WHEN dismissed_at IS NULL THEN 0 ELSE 1 END, at DESC
            LIMIT @Listed
            """;
        return database.ReadAsync<IReadOnlyList<Alarm>>(
            async c =>
                [
                    .. await c.QueryAsync<Alarm>(
                        new CommandDefinition(sql, new { Listed }, cancellationToken: cancellation)
                    ),
                ],
            cancellation
        );
    }

    /// <summary>Closes it. The reason stays beside the alarm; the ledger keeps its hash.</summary>
    /// <returns>Null when done.</returns>
    public async Task<AlarmError?> DismissAsync(
        string id,
        Officer officer,
        string reason,
        CancellationToken cancellation
    )
    {
        var written = reason.Trim();
        if (written.Length < ShortestReason)
        {
            return new AlarmError.ReasonMissing();
        }

        return await database.WriteAsync<AlarmError?>(
            async t =>
            {
                const string sql = """
                    UPDATE alarm
                    SET dismissed_at = @At, dismissed_by = @By, dismissed_reason = @Reason
                    WHERE id = @Id AND dismissed_at IS NULL
                    """;
                var closed = await t.Connection.ExecuteAsync(
                    new CommandDefinition(
                        sql,
                        new
                        {
                            Id = id,
                            At = clock.GetUtcNow(),
                            By = officer.Login,
                            Reason = written,
                        },
                        t.Inner,
                        cancellationToken: cancellation
                    )
                );
                if (closed == 0)
                {
                    return new AlarmError.NotOpen();
                }

                var e = new LedgerEvent(
                    officer.Login,
                    LedgerAction.Decide,
                    $"alarm:{id}",
                    "alarm-dismissed",
                    Hash.OfText(written).ToString()
                );
                await ledger.AppendAsync(t, e, cancellation);
                return null;
            },
            cancellation
        );
    }
}
