using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Entente.Faults.Checking;

/// <summary>One query for each table, in an order that does not depend on the node's indexes being right.</summary>
internal sealed class RowReader(DbConnection connection, CancellationToken cancellation)
{
    public Task<List<LeafRow>> LeavesAsync() =>
        ReadAsync(
            "SELECT idx, at, actor, action, object, why, hash, link, json FROM ledger_leaf ORDER BY idx",
            r => new LeafRow(
                Number(r, 0),
                Number(r, 1),
                Text(r, 2),
                Text(r, 3),
                Text(r, 4),
                Text(r, 5),
                TextOrNull(r, 6),
                TextOrNull(r, 7),
                Text(r, 8)
            )
        );

    public Task<List<NodeHashRow>> NodeHashesAsync() =>
        ReadAsync(
            "SELECT level, idx, hash FROM ledger_node ORDER BY level, idx",
            r => new NodeHashRow(Number(r, 0), Number(r, 1), (byte[])r.GetValue(2))
        );

    public Task<List<CardRow>> CardsAsync() =>
        ReadAsync(
            "SELECT NULL, sha256, jws FROM own_card UNION ALL SELECT partner, sha256, jws FROM link_card",
            r => new CardRow(TextOrNull(r, 0), Text(r, 1), Text(r, 2))
        );

    public Task<List<LinkRow>> LinksAsync() =>
        ReadAsync(
            "SELECT partner, card, state, reason FROM link ORDER BY partner",
            r => new LinkRow(Text(r, 0), Text(r, 1), Text(r, 2), TextOrNull(r, 3))
        );

    public Task<List<ChainRow>> ChainsAsync() =>
        ReadAsync(
            "SELECT partner, direction, next, prev FROM chain ORDER BY partner, direction",
            r => new ChainRow(Text(r, 0), Text(r, 1), Number(r, 2), Text(r, 3))
        );

    public Task<List<EnvelopeRow>> EnvelopesAsync() =>
        ReadAsync(
            """
            SELECT partner, direction, first, count, sha256, prev, root, batch, jwe, at, state, receipt
            FROM envelope ORDER BY partner, direction, first
            """,
            r => new EnvelopeRow(
                Text(r, 0),
                Text(r, 1),
                Number(r, 2),
                Number(r, 3),
                Text(r, 4),
                Text(r, 5),
                Text(r, 6),
                Text(r, 7),
                BytesOrNull(r, 8),
                Number(r, 9),
                Text(r, 10),
                TextOrNull(r, 11)
            )
        );

    public Task<List<EntryRow>> EntriesAsync() =>
        ReadAsync(
            """
            SELECT partner, direction, seq, id, sha256, merkle_leaf, status, reason, leaf
            FROM envelope_entry ORDER BY partner, direction, seq
            """,
            r => new EntryRow(
                Text(r, 0),
                Text(r, 1),
                Number(r, 2),
                Text(r, 3),
                Text(r, 4),
                Text(r, 5),
                Text(r, 6),
                TextOrNull(r, 7),
                NumberOrNull(r, 8)
            )
        );

    public Task<List<MessageRow>> MessagesAsync() =>
        ReadAsync(
            """
            SELECT m.id, m.partner, m.direction, m.seq, m.kind, m.case_id, m.priority, m.state, m.reason, m.delivered,
              m.line_sha256, m.leaf, m.data_key, m.sealed, k.wrapped
            FROM message m LEFT JOIN data_key k ON k.id = m.data_key ORDER BY m.leaf
            """,
            r => new MessageRow(
                Text(r, 0),
                Text(r, 1),
                Text(r, 2),
                NumberOrNull(r, 3),
                Text(r, 4),
                Text(r, 5),
                Number(r, 6),
                Text(r, 7),
                TextOrNull(r, 8),
                NumberOrNull(r, 9),
                Text(r, 10),
                Number(r, 11),
                Text(r, 12),
                (byte[])r.GetValue(13),
                BytesOrNull(r, 14)
            )
        );

    public Task<List<HeadRow>> HeadsAsync() =>
        ReadAsync(
            """
            SELECT NULL, size, root, jws FROM ledger_head UNION ALL SELECT link, size, root, jws FROM witness_head
            """,
            r => new HeadRow(TextOrNull(r, 0), Number(r, 1), Text(r, 2), Text(r, 3))
        );

    public Task<List<AlarmRow>> AlarmsAsync() =>
        ReadAsync(
            "SELECT id, kind, link, detail FROM alarm ORDER BY at, id",
            r => new AlarmRow(Text(r, 0), Text(r, 1), TextOrNull(r, 2), Text(r, 3))
        );

    [SuppressMessage("Security", "CA2100", Justification = "Every text given here is a constant of this file.")]
    private async Task<List<T>> ReadAsync<T>(string sql, Func<DbDataReader, T> row)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    private static string Text(DbDataReader row, int column) => row.GetString(column);

    private static string? TextOrNull(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);

    private static long Number(DbDataReader row, int column) =>
        Convert.ToInt64(row.GetValue(column), CultureInfo.InvariantCulture);

    private static long? NumberOrNull(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : Number(row, column);

    private static byte[]? BytesOrNull(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : (byte[])row.GetValue(column);
}
