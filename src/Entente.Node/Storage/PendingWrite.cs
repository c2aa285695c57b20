namespace Entente.Node.Storage;

/// <summary>A work that waits for its place in a transaction, and whoever waits for it.</summary>
internal abstract class PendingWrite
{
    public Transaction? Transaction { get; set; }

    /// <summary>It may be begun again, and its rows may wait for those of others: <see cref="Database.GatherAsync{T}"/>.</summary>
    public abstract bool Repeatable { get; }

    /// <summary>It is over without a commit.</summary>
    public abstract bool Failed { get; }

    /// <summary>True when whoever asked no longer waits: it is not begun.</summary>
    public abstract bool GivenUp();

    /// <summary>Runs it as the one who asked would. Never throws.</summary>
    /// <returns>What it threw; whoever waits is not told yet.</returns>
    public abstract Task<Exception?> WorkAsync();

    /// <summary>Durable: what follows from it is done, then its caller goes on.</summary>
    public abstract void Committed();

    /// <param name="lost">The work had run; the database did not keep it.</param>
    public abstract void Fail(Exception why, bool lost = false);
}

internal sealed class PendingWrite<T>(Func<Transaction, Task<T>> work, bool repeatable, CancellationToken cancellation)
    : PendingWrite
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Language, trace and the like are the caller's, not those of whoever drains the queue.
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private T? _result;

    public Task<T> Done => _done.Task;

    public override bool Repeatable => repeatable;

    public override bool Failed => _done.Task.IsCompleted;

    public override bool GivenUp() => cancellation.IsCancellationRequested && _done.TrySetCanceled(cancellation);

    public override async Task<Exception?> WorkAsync()
    {
        // What it throws is its caller's to handle.
        var working = Start();
        await ((Task)working).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (working.IsCompletedSuccessfully)
        {
            _result = await working;
            return null;
        }

        return Failure(working);
    }

    public override void Committed()
    {
        if (Failed)
        {
            return;
        }

        // What one caller wants done afterwards, and how it fails, is nothing to the others of the commit.
        var after = new Task(Transaction!.Committed); // Set before the work began.
        after.RunSynchronously(TaskScheduler.Default);
        if (after.IsCompletedSuccessfully)
        {
            _done.TrySetResult(_result!); // The work has run.
        }
        else
        {
            _done.TrySetException(Failure(after));
        }
    }

    public override void Fail(Exception why, bool lost = false)
    {
        if (Failed)
        {
            return;
        }

        Transaction?.Undone(lost);
        if (why is OperationCanceledException canceled)
        {
            _done.TrySetCanceled(canceled.CancellationToken);
        }
        else
        {
            _done.TrySetException(why);
        }
    }

    private Task<T> Start()
    {
        if (_context is null)
        {
            return BeginAsync();
        }

        Task<T>? running = null;
        ExecutionContext.Run(_context, _ => running = BeginAsync(), null);
        return running!; // Set by the line above.
    }

    /// <summary>A work that throws before it waits for anything has failed like any other.</summary>
    private async Task<T> BeginAsync() => await work(Transaction!);

    private static Exception Failure(Task task) => task.Exception?.InnerException ?? new TaskCanceledException(task);
}
