using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Entente.Node.Tests.Guard.Real;

/// <summary>A word that stands in one content and nowhere else: wherever it is found, that content has come.</summary>
internal static partial class Canary
{
    /// <summary>What every one of them begins with.</summary>
    public const string Prefix = "qzkanari";

    public static string Of(int number) => Prefix + Letters(number);

    /// <summary>Every canary in a body, a file of a Word document included.</summary>
    public static IReadOnlySet<string> In(byte[] body)
    {
        var found = Words().Matches(Encoding.UTF8.GetString(body)).Select(match => match.Value).ToHashSet();
        if (body.AsSpan().StartsWith("PK"u8))
        {
            using var archive = new ZipArchive(new MemoryStream(body));
            foreach (var entry in archive.Entries)
            {
                using var reader = new StreamReader(entry.Open());
                found.UnionWith(Words().Matches(reader.ReadToEnd()).Select(match => match.Value));
            }
        }

        return found;
    }

    // Letters only: a search splits words at digits.
    private static string Letters(int number)
    {
        var text = new StringBuilder();
        for (var rest = number; text.Length < 6; rest /= 26)
        {
            text.Append((char)('a' + (rest % 26)));
        }

        return text.ToString();
    }

    [GeneratedRegex(Prefix + "[a-z]{6}")]
    private static partial Regex Words();
}
