using System.Data.Common;

namespace Entente.Node.Storage;

/// <summary>
/// One work within a write transaction, which others may share (<see cref="WriteQueue"/>). Everything a handler changes goes through the same one, so that a message, its ledger leaves
/// and the state they lead to become durable together or not at all.
/// </summary>
internal sealed class Transaction(DbConnection connection, DbTransaction inner, Engine engine)
{
    private readonly List<Action> _afterCommit = [];
    private readonly List<Action> _undone = [];

    public DbConnection Connection => connection;

    public DbTransaction Inner => inner;

    public Engine Engine => engine;

    /// <summary>Runs once the transaction is durable: wake the courier, tell an open inbox. Never runs on a rollback.</summary>
    /// <remarks>An action wakes or tells somebody; it does not fail, for the change it follows has already happened.</remarks>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    /// <summary>Runs when the work is undone: what was remembered of it no longer holds.</summary>
    public void AfterUndone(Action action) => _undone.Add(action);

    /// <summary>A data key went away in this transaction: no copy of its page may stay behind in a log.</summary>
    internal bool Erased { get; set; }

    internal void Committed()
    {
        foreach (var action in _afterCommit)
        {
            action();
        }
    }

    internal void Undone()
    {
        foreach (var action in _undone)
        {
            action();
        }

        _undone.Clear();
    }
}
