using SQLitePCL;

namespace Entente.Node.Storage;

/// <summary>A prepared statement of SQLite with the place of each parameter, looked up once.</summary>
internal sealed record BulkStatement(sqlite3_stmt Handle, int[] Places)
{
    /// <param name="names">The parameters, in the order of each row's values.</param>
    public static BulkStatement Of(sqlite3_stmt handle, IReadOnlyList<string> names) =>
        new(handle, [.. names.Select(name => Place(handle, name))]);

    private static int Place(sqlite3_stmt statement, string name)
    {
        var place = raw.sqlite3_bind_parameter_index(statement, "@" + name);
        return place > 0
            ? place
            : throw new ArgumentException($"The statement has no parameter @{name}.", nameof(name));
    }
}
