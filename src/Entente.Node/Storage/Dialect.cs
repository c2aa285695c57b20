using System.Data;
using System.Text.Json;
using Dapper;

namespace Entente.Node.Storage;

/// <summary>The few places where the two engines do not understand the same SQL. Keep this small.</summary>
internal sealed class Dialect(Engine engine)
{
    /// <summary>
    /// Locks the ledger's order until the transaction ends. SQLite's single writer already does. Such a lock is the whole
    /// database's, where other nodes may have their schemas: they have ledgers of their own and need not wait.
    /// </summary>
    public string LockLedger =>
        engine == Engine.Postgres ? "SELECT pg_advisory_xact_lock(1703936, hashtext(current_schema()))" : "SELECT 0";

    /// <summary>Goes behind a SELECT that claims rows, so that several instances of a node never claim the same.</summary>
    public string SkipLocked => engine == Engine.Postgres ? "FOR UPDATE SKIP LOCKED" : "";

    /// <summary>Goes behind a column: one of <see cref="Many"/> as @Ids, of which there may be hundreds.</summary>
    public string AmongMany => engine == Engine.Postgres ? "= ANY(@Ids)" : "IN (SELECT value FROM json_each(@Ids))";

    /// <summary>Goes behind a column: one of the list @Ids.</summary>
    public string AmongIds => engine == Engine.Postgres ? "= ANY(@Ids)" : "IN @Ids";

    /// <summary>One parameter, whatever their number: the statement stays the same and stays prepared.</summary>
    public SqlMapper.ICustomQueryParameter Many(IReadOnlyList<string> ids) =>
        new Whole(engine == Engine.Postgres ? ids.ToArray() : JsonSerializer.Serialize(ids));

    /// <inheritdoc cref="Many(IReadOnlyList{string})"/>
    public SqlMapper.ICustomQueryParameter Many(IReadOnlyList<long> numbers) =>
        new Whole(engine == Engine.Postgres ? numbers.ToArray() : JsonSerializer.Serialize(numbers));

    /// <summary>One value, where Dapper would make a parameter of each element.</summary>
    private sealed class Whole(object value) : SqlMapper.ICustomQueryParameter
    {
        public void AddParameter(IDbCommand command, string name)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }
    }
}
