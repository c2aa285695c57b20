using System.Globalization;
using System.Text.Json;
using Dapper;
using Entente.Node.Storage;

namespace Entente.Node.Ledger;

/// <summary>
/// The node's append-only log. Leaves are appended in the transaction of the change they account for; their order is the
/// order of commits.
/// </summary>
internal sealed class LedgerLog(Database database, TimeProvider clock)
{
    /// <summary>Appends the events and returns the index of the first of them; the others follow it.</summary>
    public async Task<long> AppendAsync(
        Transaction transaction,
        IReadOnlyList<LedgerEvent> events,
        CancellationToken cancellation
    )
    {
        await transaction.Connection.ExecuteScalarAsync<object>(
            new CommandDefinition(
                database.Dialect.LockLedger,
                transaction: transaction.Inner,
                cancellationToken: cancellation
            )
        );
        const string next = "SELECT COALESCE(MAX(idx) + 1, 0) FROM ledger_leaf";
        var first = await transaction.Connection.ExecuteScalarAsync<long>(
            new CommandDefinition(next, transaction: transaction.Inner, cancellationToken: cancellation)
        );
        var at = clock.GetUtcNow();
        var rows = events.Select(
            (e, i) =>
                new
                {
                    Idx = first + i,
                    At = at,
                    e.Actor,
                    Action = ActionName(e.Action),
                    e.Object,
                    e.Why,
                    e.Hash,
                    e.Link,
                    Json = Leaf(e, at),
                }
        );
        const string insert = """
            INSERT INTO ledger_leaf (idx, at, actor, action, object, why, hash, link, json)
            VALUES (@Idx, @At, @Actor, @Action, @Object, @Why, @Hash, @Link, @Json)
            """;
        await transaction.Connection.ExecuteAsync(
            new CommandDefinition(insert, rows, transaction.Inner, cancellationToken: cancellation)
        );
        return first;
    }

    public Task<long> AppendAsync(Transaction transaction, LedgerEvent one, CancellationToken cancellation) =>
        AppendAsync(transaction, [one], cancellation);

    internal static string ActionName(LedgerAction action) =>
        action == LedgerAction.SignIn ? "sign-in" : action.ToString().ToLowerInvariant();

    private static string Leaf(LedgerEvent e, DateTimeOffset at) =>
        JsonSerializer.Serialize(
            new SortedDictionary<string, string?>(StringComparer.Ordinal)
            {
                ["action"] = ActionName(e.Action),
                ["actor"] = e.Actor,
                ["at"] = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
                ["object"] = e.Object,
                ["why"] = e.Why,
            }
        );
}
