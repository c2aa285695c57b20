using System.Data.Common;

namespace Entente.Node.Storage;

/// <summary>
/// One work within a write transaction, which others may share (<see cref="WriteQueue"/>). Everything a handler changes goes through the same one, so that a message, its ledger leaves
/// and the state they lead to become durable together or not at all.
/// </summary>
/// <param name="gathering">Where the rows of repeatable works wait for each other.</param>
internal sealed class Transaction(
    DbConnection connection,
    DbTransaction inner,
    Engine engine,
    Gathering? gathering = null
)
{
    private readonly List<Action> _afterCommit = [];
    private readonly List<Action<bool>> _undone = [];

    /// <summary>Whoever asks the database finds everything in it that was written before.</summary>
    public DbConnection Connection
    {
        get
        {
            gathering?.Flush();
            return connection;
        }
    }

    /// <summary>For a question that no row kept back can answer otherwise: it does not make them go.</summary>
    internal DbConnection Direct => connection;

    /// <summary>Null where each statement goes to the database at once.</summary>
    internal Gathering? Gathering => gathering;

    public DbTransaction Inner => inner;

    public Engine Engine => engine;

    /// <summary>Runs once the transaction is durable: wake the courier, tell an open inbox. Never runs on a rollback.</summary>
    /// <remarks>An action wakes or tells somebody; it does not fail, for the change it follows has already happened.</remarks>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    /// <summary>Runs when the work is undone: what was remembered of it no longer holds. True where the database failed to
    /// keep it, although the work itself had run.</summary>
    public void AfterUndone(Action<bool> action) => _undone.Add(action);

    /// <summary>A data key went away in this transaction: no copy of its page may stay behind in a log.</summary>
    internal bool Erased { get; set; }

    internal void Committed()
    {
        foreach (var action in _afterCommit)
        {
            action();
        }
    }

    internal void Undone(bool lost)
    {
        foreach (var action in _undone)
        {
            action(lost);
        }

        _undone.Clear();
    }
}
