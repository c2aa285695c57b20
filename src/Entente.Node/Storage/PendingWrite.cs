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
        try
        {
            _result = await Start();
            return null;
        }
#pragma warning disable CA1031 // The edge: it is the caller's to handle.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e;
        }
    }

    public override void Committed()
    {
        if (Failed)
        {
            return;
        }

        try
        {
            Transaction!.Committed(); // Set before the work began.
            _done.TrySetResult(_result!); // The work has run.
        }
#pragma warning disable CA1031 // The edge: what one caller wants done afterwards is nothing to the others.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _done.TrySetException(e);
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
            return work(Transaction!);
        }

        Task<T>? running = null;
        ExecutionContext.Run(_context, _ => running = work(Transaction!), null);
        return running!; // Set by the line above.
    }
}
