using System.Data.Common;
using System.Globalization;
using Dapper;
using Entente.Node.Hosting;

namespace Entente.Node.Storage;

/// <summary>
/// Brings the schema up to date at start: numbered, forward-only SQL files (`Storage/Migrations/0010_accounts.sql`), all
/// in one transaction. One text serves both engines; where they must differ, two files share the number and end in
/// `.sqlite.sql` and `.postgres.sql`.
/// </summary>
internal sealed class Migrator(Database database, TimeProvider clock)
{
    /// <exception cref="SchemaIsNewer">The database was written by a newer entente.</exception>
    public Task ApplyAsync(CancellationToken cancellation) =>
        database.WriteAsync(transaction => ApplyAsync(transaction, _ => true, cancellation), cancellation);

    /// <summary>The same in the caller's transaction, as far as the caller wants: for a database that is being filled.</summary>
    public async Task ApplyAsync(Transaction transaction, Func<Migration, bool> wanted, CancellationToken cancellation)
    {
        await CreateJournalAsync(transaction, cancellation);
        var applied = await AppliedAsync(transaction, cancellation);
        var known = Known(database.Engine);
        var unknown = applied.Where(number => known.All(m => m.Number != number)).ToList();
        if (unknown.Count > 0)
        {
            throw new SchemaIsNewer(unknown.Max());
        }

        List<Migration> missing = [.. known.Where(m => !applied.Contains(m.Number)).Where(wanted)];
        var copies = database.Engine == Engine.Sqlite;
        await (copies && missing.Count > 0 ? RowCopies.DropAsync(transaction, cancellation) : Task.CompletedTask);
        foreach (var migration in missing)
        {
            await ApplyAsync(transaction, migration, cancellation);
        }

        await (copies ? RowCopies.EnsureAsync(transaction, cancellation) : Task.CompletedTask);
    }

    private static async Task CreateJournalAsync(Transaction transaction, CancellationToken cancellation)
    {
        if (transaction.Engine == Engine.Postgres)
        {
            // Two instances may start at once; the second waits and then finds the work done.
            const string wait = "SELECT pg_advisory_xact_lock(7318349394477057)";
            await transaction.Connection.ExecuteAsync(
                new CommandDefinition(wait, transaction: transaction.Inner, cancellationToken: cancellation)
            );
        }

        const string journal = """
            CREATE TABLE IF NOT EXISTS schema_migration (
                number BIGINT PRIMARY KEY,
                name TEXT NOT NULL,
                applied_at BIGINT NOT NULL
            )
            """;
        await transaction.Connection.ExecuteAsync(
            new CommandDefinition(journal, transaction: transaction.Inner, cancellationToken: cancellation)
        );
    }

    private static async Task<HashSet<long>> AppliedAsync(Transaction transaction, CancellationToken cancellation)
    {
        const string sql = "SELECT number FROM schema_migration";
        var numbers = await transaction.Connection.QueryAsync<long>(
            new CommandDefinition(sql, transaction: transaction.Inner, cancellationToken: cancellation)
        );
        return [.. numbers];
    }

    private async Task ApplyAsync(Transaction transaction, Migration migration, CancellationToken cancellation)
    {
        await using DbCommand command = transaction.Connection.CreateCommand();
        command.Transaction = transaction.Inner;
#pragma warning disable CA2100 // The text is one of our own embedded migration files.
        command.CommandText = migration.Sql();
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellation);

        const string record = "INSERT INTO schema_migration (number, name, applied_at) VALUES (@Number, @Name, @At)";
        await transaction.Connection.ExecuteAsync(
            new CommandDefinition(
                record,
                new
                {
                    migration.Number,
                    migration.Name,
                    At = clock.GetUtcNow(),
                },
                transaction.Inner,
                cancellationToken: cancellation
            )
        );
    }

    internal static IReadOnlyList<Migration> Known(Engine engine)
    {
        const string prefix = "Entente.Node.Storage.Migrations.";
        var other = engine == Engine.Sqlite ? ".postgres.sql" : ".sqlite.sql";
        return
        [
            .. typeof(Migrator)
                .Assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
                .Where(name =>
                    name.EndsWith(".sql", StringComparison.Ordinal) && !name.EndsWith(other, StringComparison.Ordinal)
                )
                .Select(name => new Migration(
                    long.Parse(name.AsSpan(prefix.Length, 4), CultureInfo.InvariantCulture),
                    name[prefix.Length..],
                    name
                ))
                .OrderBy(m => m.Number),
        ];
    }
}

/// <summary>The database belongs to a newer entente; starting an older one on it could destroy what it does not know.</summary>
internal sealed class SchemaIsNewer(long number)
    : NodeUnusable(
        $"The database has migration {number}, which this version of entente does not know. Start the version that wrote it, or a newer one."
    )
{
    public long Number => number;
}
