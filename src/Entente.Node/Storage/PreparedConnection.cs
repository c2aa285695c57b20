using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Entente.Node.Storage;

/// <summary>
/// A SQLite connection that keeps its statements prepared: parsing and planning one costs more than running it. Npgsql
/// does this by itself; Microsoft.Data.Sqlite prepares every command anew. One user at a time; closing it gives it back.
/// </summary>
internal sealed class PreparedConnection(SqliteConnection inner, Action<PreparedConnection> giveBack) : DbConnection
{
    // Texts are constants, but for lists of parameters whose length varies.
    private const int Most = 256;
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);
    private bool _lent;
    private readonly Dictionary<string, BulkStatement> _statements = new(StringComparer.Ordinal);

    public SqliteConnection Inner => inner;

    [AllowNull]
    public override string ConnectionString
    {
        get => inner.ConnectionString;
        set => throw new NotSupportedException("It is given with the connection.");
    }

    public override string Database => inner.Database;

    public override string DataSource => inner.DataSource;

    public override string ServerVersion => inner.ServerVersion;

    public override ConnectionState State => inner.State;

    public override void Open() { }

    public override void Close() => GiveBack();

    /// <summary>Whoever takes it from the pool has it until it is closed or disposed, whichever comes first.</summary>
    public PreparedConnection Lend()
    {
        _lent = true;
        return this;
    }

    /// <summary>A transaction that could not be ended is still open: the connection is of no use to anybody.</summary>
    public bool IsClean => inner.State == ConnectionState.Open && raw.sqlite3_get_autocommit(inner.Handle) != 0;

    public override void ChangeDatabase(string databaseName) => inner.ChangeDatabase(databaseName);

    /// <summary>Really closes it.</summary>
    public void Discard()
    {
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }

        foreach (var statement in _statements.Values)
        {
            statement.Handle.Dispose();
        }

        inner.Dispose();
    }

    /// <summary>The statement itself, for <see cref="SqliteBulk"/>. Its texts are constants: there are few.</summary>
    internal BulkStatement Statement(string sql, IReadOnlyList<string> names)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            var result = raw.sqlite3_prepare_v2(inner.Handle, sql, out var handle);
            SqliteException.ThrowExceptionForRC(result, inner.Handle);
            statement = BulkStatement.Of(handle, names);
            _statements.Add(sql, statement);
        }

        return statement;
    }

    private void GiveBack()
    {
        if (_lent)
        {
            _lent = false;
            giveBack(this);
        }
    }

    internal SqliteCommand Take(string sql)
    {
        if (_prepared.Remove(sql, out var known))
        {
            return known;
        }

        var command = inner.CreateCommand();
#pragma warning disable CA2100 // The caller's text, as it would be without us.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }

    internal void Keep(SqliteCommand command)
    {
        command.Parameters.Clear();
        command.Transaction = null;
        if (_prepared.Count >= Most || !_prepared.TryAdd(command.CommandText, command))
        {
            command.Dispose();
        }
    }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) =>
        inner.BeginTransaction(isolationLevel, deferred: false);

    protected override DbCommand CreateDbCommand() => new PreparedCommand(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            GiveBack();
        }

        base.Dispose(disposing);
    }
}
