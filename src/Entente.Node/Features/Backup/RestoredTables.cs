using Entente.Node.Hosting;
using Npgsql;

namespace Entente.Node.Features.Backup;

/// <summary>Tables of a PostgreSQL node as they come out of a backup: the schema as it was, then every row by COPY.</summary>
internal sealed class RestoredTables(Manifest manifest, NodeHome building, TimeProvider clock) : IAsyncDisposable
{
    private PostgresFilling? _filling;
    private NpgsqlRawCopyStream? _copy;

    /// <summary>Where the table's bytes go; null while it is a file's turn.</summary>
    public Stream? Current => _copy;

    public async Task BeginAsync(Part part, CancellationToken cancellation)
    {
        _filling ??= await OpenAsync(cancellation);
        var table = part.Name[Part.TablePrefix.Length..];
        var copy = PostgresTable.CopyIn(table, part.Columns!); // A table has columns.
        _copy = await _filling.Connection.BeginRawBinaryCopyAsync(copy, cancellation);
    }

    public async Task EndAsync()
    {
        if (_copy is not null)
        {
            await _copy.DisposeAsync();
            _copy = null;
        }
    }

    public Task CommitAsync(CancellationToken cancellation) =>
        _filling?.CommitAsync(cancellation) ?? Task.CompletedTask;

    /// <summary>It verified: it stays.</summary>
    public void Keep() => _filling?.Keep();

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        if (_filling is not null)
        {
            await _filling.DisposeAsync();
        }
    }

    private async Task<PostgresFilling> OpenAsync(CancellationToken cancellation)
    {
        var filling = await PostgresFilling.BeginAsync(
            building.ConnectionString(building.Load()),
            migration => manifest.Migrations.Contains(migration.Number),
            manifest.FirstYear,
            clock,
            cancellation
        );
        await filling.EmptyAsync(await PostgresTables.ListAsync(filling.Connection, cancellation), cancellation);
        return filling;
    }
}
