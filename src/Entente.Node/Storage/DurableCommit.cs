using System.Data.Common;
using Npgsql;

namespace Entente.Node.Storage;

/// <summary>A commit that is durable wherever the site wants it: on this disk and, with a synchronous standby, on its too.</summary>
internal static class DurableCommit
{
    // The place in the server that gives up waiting; what it says is in the server's language.
    private const string GaveUp = "SyncRepWaitForLSN";

    /// <summary>
    /// PostgreSQL calls a commit done, with a warning, when its wait for the standby is cancelled: by Npgsql after the command
    /// timeout, by an administrator. The standby that takes over may not have it, so here it is a failure.
    /// </summary>
    /// <exception cref="UnconfirmedCommitException">It is on one disk only.</exception>
    public static async Task CommitAsync(DbConnection connection, DbTransaction transaction)
    {
        if (connection is not NpgsqlConnection postgres)
        {
            await transaction.CommitAsync(CancellationToken.None);
            return;
        }

        var alone = false;
        void Hear(object sender, NpgsqlNoticeEventArgs said) => alone |= said.Notice.Routine == GaveUp;
        postgres.Notice += Hear;
        try
        {
            await transaction.CommitAsync(CancellationToken.None);
        }
        finally
        {
            postgres.Notice -= Hear;
        }

        if (alone)
        {
            throw new UnconfirmedCommitException();
        }
    }
}

/// <summary>Committed on the primary, confirmed by no standby: as good as lost until one has it.</summary>
internal sealed class UnconfirmedCommitException() : DbException("No standby has confirmed the commit.");
