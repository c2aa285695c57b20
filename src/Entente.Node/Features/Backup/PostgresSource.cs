using System.Data;
using Entente.Node.Storage;
using Entente.Node.Verification;
using Npgsql;

namespace Entente.Node.Features.Backup;

/// <summary>PostgreSQL: every table by COPY, all in one repeatable-read transaction, which sees one moment.</summary>
internal sealed class PostgresSource : IDatabaseSource
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private PostgresSource(NpgsqlConnection connection, NpgsqlTransaction transaction, SnapshotFacts facts) =>
        (_connection, _transaction, Facts) = (connection, transaction, facts);

    public SnapshotFacts Facts { get; }

    public static async Task<PostgresSource> OpenAsync(Database database, CancellationToken cancellation)
    {
        var connection = (NpgsqlConnection)await database.OpenAsync(cancellation);
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        return new PostgresSource(connection, transaction, await SnapshotFacts.OfAsync(connection, cancellation));
    }

    public async Task WriteAsync(ArchiveWriter archive, Advance progress, CancellationToken cancellation)
    {
        var tables = await PostgresTables.ListAsync(_connection, cancellation);
        var all = tables.Sum(t => t.Bytes);
        var before = 0L;
        foreach (var table in tables)
        {
            await archive.BeginPartAsync(new Part(Part.TablePrefix + table.Name, table.Columns), cancellation);
            await using var copy = await _connection.BeginRawBinaryCopyAsync(table.CopyOut, cancellation);
            var done = 0L;
            var pieces = new RowPieces(
                copy,
                async piece =>
                {
                    done += piece.Length;
                    await archive.PieceAsync(piece, cancellation);
                    progress.At(before + Math.Min(done, table.Bytes), all);
                }
            );
            await pieces.RunAsync(cancellation);
            before += table.Bytes;
            await archive.EndPartAsync(cancellation);
        }

        progress.At(1, 1);
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
