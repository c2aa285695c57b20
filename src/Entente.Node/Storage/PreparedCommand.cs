using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Entente.Node.Storage;

/// <summary>A statement borrowed from its connection; disposing it gives it back, still prepared.</summary>
internal sealed class PreparedCommand(PreparedConnection connection) : DbCommand
{
    private SqliteCommand? _inner;
    private SqliteDataReader? _reader;
    private SqliteTransaction? _transaction;

    [AllowNull]
    public override string CommandText
    {
        get => _inner?.CommandText ?? "";
        set
        {
            // Dapper rewrites the text of a list of parameters when they are there already.
            var parameters = _inner?.Parameters.Cast<SqliteParameter>().ToArray();
            GiveBack();
            _inner = connection.Take(value ?? "");
            _inner.Parameters.AddRange(parameters ?? []);
        }
    }

    public override int CommandTimeout { get; set; } = 30;

    public override CommandType CommandType { get; set; } = CommandType.Text;

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    protected override DbConnection? DbConnection
    {
        get => connection;
        set
        {
            if (!ReferenceEquals(value, connection))
            {
                throw new NotSupportedException("A statement belongs to its connection.");
            }
        }
    }

    protected override DbParameterCollection DbParameterCollection => Inner.Parameters;

    protected override DbTransaction? DbTransaction
    {
        get => _transaction;
        set => _transaction = (SqliteTransaction?)value;
    }

    private SqliteCommand Inner
    {
        get
        {
            // The text comes before the parameters: with it comes the statement.
            _inner ??= connection.Take("");
            _inner.Transaction = _transaction;
            return _inner;
        }
    }

    public override void Cancel() => _inner?.Cancel();

    public override int ExecuteNonQuery() => Inner.ExecuteNonQuery();

    public override object? ExecuteScalar() => Inner.ExecuteScalar();

    public override void Prepare() => Inner.Prepare();

    protected override DbParameter CreateDbParameter() => new SqliteParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) =>
        _reader = Inner.ExecuteReader(behavior);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            GiveBack();
        }

        base.Dispose(disposing);
    }

    private void GiveBack()
    {
        _reader?.Dispose();
        _reader = null;
        if (_inner is { } inner)
        {
            _inner = null;
            connection.Keep(inner);
        }
    }
}
