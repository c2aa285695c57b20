namespace Entente.Node.Storage;

/// <summary>The few places where the two engines do not understand the same SQL. Keep this small.</summary>
internal sealed class Dialect(Engine engine)
{
    /// <summary>Locks the ledger's order until the transaction ends. SQLite's single writer already does.</summary>
    public string LockLedger =>
        engine == Engine.Postgres ? "SELECT pg_advisory_xact_lock(7318349394477056)" : "SELECT 0";

    /// <summary>Goes behind a SELECT that claims rows, so that several instances of a node never claim the same.</summary>
    public string SkipLocked => engine == Engine.Postgres ? "FOR UPDATE SKIP LOCKED" : "";

    /// <summary>Goes behind a column: one of the list @Ids.</summary>
    public string AmongIds => engine == Engine.Postgres ? "= ANY(@Ids)" : "IN @Ids";
}
