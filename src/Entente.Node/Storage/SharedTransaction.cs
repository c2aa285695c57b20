using System.Data.Common;

namespace Entente.Node.Storage;

/// <summary>
/// Works that stand in one transaction, each able to fail alone. An ordinary work has a savepoint of its own. Repeatable
/// works that follow each other share one, and their rows go in bulk when the last of them has run; if anything in that
/// fails, all of it is taken back and each is begun again by itself.
/// </summary>
internal sealed class SharedTransaction(DbConnection connection, DbTransaction inner, Engine engine)
{
    private readonly List<PendingWrite> _gathered = [];
    private Gathering? _gathering;

    /// <summary>The only work of its transaction: what it does is undone with all of it.</summary>
    public async Task WorkAloneAsync(PendingWrite write)
    {
        var gathering = write.Repeatable ? new Gathering(Plain()) : Own();
        write.Transaction = new Transaction(connection, inner, engine, gathering);
        if (await write.WorkAsync() is { } failure)
        {
            write.Fail(failure);
        }
        else if (gathering is not null)
        {
            await gathering.FlushAsync();
        }
    }

    public async Task WorkAsync(PendingWrite write)
    {
        if (!write.Repeatable)
        {
            await EndAsync();
            await ApartAsync(write);
            return;
        }

        if (_gathering is null)
        {
            await Savepoint.SetAsync(Plain());
            _gathering = new Gathering(Plain());
        }

        write.Transaction = new Transaction(connection, inner, engine, _gathering);
        _gathered.Add(write);
        if (await write.WorkAsync() is not null)
        {
            await AgainAsync();
        }
    }

    /// <summary>What is gathered is written; nothing comes after it but the commit or another kind of work.</summary>
    public async Task EndAsync()
    {
        if (_gathering is null)
        {
            return;
        }

        try
        {
            await _gathering.FlushAsync();
        }
        catch (DbException)
        {
            // Whose row it was is found out by writing each work's by themselves.
            await AgainAsync();
            return;
        }

        await Savepoint.LeaveAsync(Plain());
        _gathering = null;
        _gathered.Clear();
    }

    private async Task AgainAsync()
    {
        PendingWrite[] works = [.. _gathered];
        _gathered.Clear();
        _gathering = null;
        foreach (var work in works)
        {
            work.Transaction!.Undone(lost: false); // Set before it began.
        }

        await Savepoint.BackAsync(Plain());
        foreach (var work in works)
        {
            if (!work.GivenUp())
            {
                await ApartAsync(work);
            }
        }
    }

    private async Task ApartAsync(PendingWrite write)
    {
        var gathering = Own();
        write.Transaction = new Transaction(connection, inner, engine, gathering);
        await Savepoint.SetAsync(Plain());
        var failure = await write.WorkAsync();
        var ran = failure is null;
        if (ran && gathering is not null)
        {
            var flushing = gathering.FlushAsync();
            await flushing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            failure = flushing.Exception?.InnerException;
        }

        if (failure is null)
        {
            await Savepoint.LeaveAsync(Plain());
            return;
        }

        write.Fail(failure, lost: ran);
        await Savepoint.BackAsync(Plain());
    }

    /// <summary>Where every statement is a journey to a server, an ordinary work's rows go together too.</summary>
    private Gathering? Own() => engine == Engine.Postgres ? new Gathering(Plain()) : null;

    private Transaction Plain() => new(connection, inner, engine);
}
