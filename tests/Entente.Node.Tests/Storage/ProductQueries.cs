using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using Entente.Node.Storage;

namespace Entente.Node.Tests.Storage;

/// <summary>
/// Every SQL statement of the program, out of the text constants of its own file: a query that is written tomorrow is
/// looked at tomorrow.
/// </summary>
internal static partial class ProductQueries
{
    public static IReadOnlyList<string> All { get; } = [.. Read().Distinct(StringComparer.Ordinal)];

    private static IEnumerable<string> Read()
    {
        using var file = File.OpenRead(typeof(Migrator).Assembly.Location);
        using var program = new PEReader(file);
        var metadata = program.GetMetadataReader();
        var texts = new List<string>();
        // The first place holds the empty text.
        for (
            var next = metadata.GetNextHandle(MetadataTokens.UserStringHandle(0));
            !next.IsNil;
            next = metadata.GetNextHandle(next)
        )
        {
            texts.Add(metadata.GetUserString(next));
        }

        return texts
            .Select((text, i) => (Text: text, Next: texts.ElementAtOrDefault(i + 1)))
            .Where(piece => Statement().IsMatch(piece.Text))
            .Select(piece => Joined(piece.Text, piece.Next));
    }

    /// <summary>A statement that goes on behind the dialect's list: its two pieces stand one after the other.</summary>
    private static string Joined(string text, string? next) =>
        text.EndsWith(' ') && next is not null && GoesOn().IsMatch(next) ? $"{text}= @Ids{next}" : text;

    [GeneratedRegex(@"^\s*(GROUP BY|ORDER BY|LIMIT)\s")]
    private static partial Regex GoesOn();

    [GeneratedRegex(
        @"^\s*(WITH\s+\w+.*\bAS\b|SELECT\s.*\bFROM\s+\w|UPDATE\s+\w+\s+(AS\s+\w+\s+)?SET\s|DELETE\s+FROM\s|INSERT\s+INTO\s.*\bSELECT\b)",
        RegexOptions.Singleline
    )]
    private static partial Regex Statement();
}
