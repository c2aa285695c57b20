using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Dapper;

namespace Entente.Node.Storage;

/// <summary>
/// Group commit: whatever waits while the disk is busy is written in one transaction and made durable by one flush. A work
/// that fails takes nobody with it (<see cref="SharedTransaction"/>), and nobody is told 'done' before the commit.
/// </summary>
internal sealed class WriteQueue(Func<CancellationToken, Task<DbConnection>> open, Engine engine)
{
    private const int MostTogether = 1024;

    // Whoever came first should not wait much longer for company than for the disk.
    private static readonly TimeSpan LongEnough = TimeSpan.FromMilliseconds(60);

    private readonly string _order = new Dialect(engine).LockLedger;
    private readonly ConcurrentQueue<PendingWrite> _waiting = new();

    // What partners send in bulk: many messages a work. Officers do not wait behind a flood of it, nor it for ever behind them.
    private readonly ConcurrentQueue<PendingWrite> _behind = new();
    private int _aheadInARow;
    private int _count;

    /// <param name="behind">Others may go first, though not without end. Works behind keep their order among themselves.</param>
    public Task<T> RunAsync<T>(PendingWrite<T> write, bool behind = false)
    {
        (behind ? _behind : _waiting).Enqueue(write);
        if (Interlocked.Increment(ref _count) == 1)
        {
            _ = Task.Run(DrainAsync, CancellationToken.None);
        }

        return write.Done;
    }

    private async Task DrainAsync()
    {
        int done;
        do
        {
            var group = new List<PendingWrite>();
            var writing = WriteAsync(group);
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!writing.IsCompletedSuccessfully)
            {
                // Whoever waits is told, and the next group is tried.
                var failure = writing.Exception?.InnerException ?? new TaskCanceledException(writing);
                group.ForEach(write => write.Fail(failure, lost: failure is DbException));
            }

            done = group.Count;
        } while (Interlocked.Add(ref _count, -done) > 0);
    }

    /// <param name="group">Gets every work that was taken from the queue, whatever became of it.</param>
    private async Task WriteAsync(List<PendingWrite> group)
    {
        if (!TakeNext(group))
        {
            return; // Given up before its turn came.
        }

        await using var connection = await open(CancellationToken.None);
        await using var inner = await connection.BeginTransactionAsync(CancellationToken.None);
        await OrderAsync(connection, inner);
        var shared = new SharedTransaction(connection, inner, engine);
        if (_waiting.IsEmpty && _behind.IsEmpty)
        {
            await shared.WorkAloneAsync(group[^1]);
        }
        else
        {
            await TogetherAsync(shared, group);
        }

        if (group.All(write => write.Failed))
        {
            return; // Disposing the transaction undoes it.
        }

        await DurableCommit.CommitAsync(connection, inner);
        // Whoever erased is told when the log is empty too; nobody else waits for that, or learns of it if it fails.
        var erasing = group.FindAll(write => write is { Failed: false, Transaction.Erased: true });
        group.Except(erasing).ToList().ForEach(write => write.Committed());
        if (erasing.Count > 0 && connection is PreparedConnection sqlite)
        {
            await SqliteTuning.EmptyLogAsync(sqlite.Inner, CancellationToken.None);
        }

        erasing.ForEach(write => write.Committed());
    }

    private async Task TogetherAsync(SharedTransaction shared, List<PendingWrite> group)
    {
        var began = Stopwatch.GetTimestamp();
        do
        {
            await shared.WorkAsync(group[^1]);
        } while (group.Count < MostTogether && Stopwatch.GetElapsedTime(began) < LongEnough && TakeNext(group));

        await shared.EndAsync();
    }

    /// <summary>
    /// Instances over one PostgreSQL write one after the other, as SQLite's writers do. Nearly every transaction appends to
    /// the ledger and would wait there; waiting before anything is locked, no two can each hold what the other needs.
    /// </summary>
    private async Task OrderAsync(DbConnection connection, DbTransaction inner)
    {
        if (engine == Engine.Postgres)
        {
            await connection.ExecuteAsync(new CommandDefinition(_order, transaction: inner));
        }
    }

    /// <summary>False when nothing waits.</summary>
    private bool TakeNext(List<PendingWrite> group)
    {
        while (TryDequeue(out var next))
        {
            group.Add(next);
            if (!next.GivenUp())
            {
                return true;
            }
        }

        return false;
    }

    private bool TryDequeue([NotNullWhen(true)] out PendingWrite? next)
    {
        const int mostAhead = 16;
        if ((_aheadInARow < mostAhead || _behind.IsEmpty) && _waiting.TryDequeue(out next))
        {
            _aheadInARow++;
            return true;
        }

        _aheadInARow = 0;
        return _behind.TryDequeue(out next) || _waiting.TryDequeue(out next);
    }
}
