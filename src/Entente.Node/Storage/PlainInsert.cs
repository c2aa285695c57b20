using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Entente.Node.Storage;

/// <summary>An INSERT of one row of parameters and literals, and of nothing else: many of it need not go one by one.</summary>
internal sealed partial class PlainInsert
{
    private static readonly ConcurrentDictionary<string, PlainInsert?> Known = new(StringComparer.Ordinal);
    private readonly string[] _values;

    private PlainInsert(string table, string[] columns, string[] values)
    {
        (Table, Columns, _values) = (table, columns, values);
        FromArrays = Arrays();
    }

    public string Table { get; }

    public IReadOnlyList<string> Columns { get; }

    /// <summary>The same for many rows: an array for each column that is given, in their order.</summary>
    public string FromArrays { get; }

    /// <summary>Null where the statement does more.</summary>
    public static PlainInsert? Of(string sql) => Known.GetOrAdd(sql, Read);

    /// <param name="names">The parameters, in the order of each row's values.</param>
    public Source[] Sources(IReadOnlyList<string> names) =>
        [.. _values.Select(v => v[0] == '@' ? new Source(Place(names, v[1..]), null) : new Source(-1, Literal(v)))];

    private string Arrays()
    {
        var (selected, arrays) = (new List<string>(), new List<string>());
        foreach (var value in _values)
        {
            if (value[0] == '@')
            {
                arrays.Add($"${arrays.Count + 1}");
                selected.Add($"c{arrays.Count}");
            }
            else
            {
                selected.Add(value);
            }
        }

        var names = string.Join(", ", arrays.Select((_, i) => $"c{i + 1}"));
        return $"INSERT INTO {Table} ({string.Join(", ", Columns)}) SELECT {string.Join(", ", selected)} "
            + $"FROM unnest({string.Join(", ", arrays)}) AS given ({names})";
    }

    private static PlainInsert? Read(string sql)
    {
        var insert = Plain().Match(sql);
        var columns = Parts(insert.Groups["columns"].Value);
        var values = Parts(insert.Groups["values"].Value);
        return insert.Success && columns.Length == values.Length && values.All(v => Simple().IsMatch(v))
            ? new PlainInsert(insert.Groups["table"].Value, columns, values)
            : null;
    }

    private static int Place(IReadOnlyList<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == name)
            {
                return i;
            }
        }

        throw new ArgumentException($"No value is given for @{name}.", nameof(names));
    }

    private static object? Literal(string text) =>
        text[0] == '\'' ? text[1..^1]
        : text is "TRUE" or "FALSE" ? text == "TRUE"
        : text == "NULL" ? null
        : long.Parse(text, CultureInfo.InvariantCulture);

    private static string[] Parts(string list) =>
        list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"^\s*INSERT INTO (?<table>\w+)\s*\((?<columns>[\w\s,]+)\)\s*VALUES\s*\((?<values>[^()]+)\)\s*$")]
    private static partial Regex Plain();

    [GeneratedRegex(@"^(@\w+|'[^',]*'|-?\d+|NULL|TRUE|FALSE)$")]
    private static partial Regex Simple();

    /// <summary>One value of each row: a parameter's, or the same literal every time.</summary>
    internal readonly record struct Source(int Place, object? Literal)
    {
        public object? In(object?[] row) => Place >= 0 ? row[Place] : Literal;
    }
}
