using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Entente.Node.Storage;

namespace Entente.Node.Features.Exchange;

/// <summary>
/// Words a message may be found by, as keyed hashes: the database finds a name without holding it. Compared without
/// case and accents; whole words only.
/// </summary>
internal sealed class SearchWords
{
    private const int HashBytes = 15;
    private const int MaxWords = 500;

    // Few words make up most of every text; hashing one costs a microsecond, and finding it again hardly anything.
    private const int MostKnown = 8192;
    private const int LongestKnown = 24;
    private readonly ConcurrentDictionary<string, string> _known = new(StringComparer.Ordinal);
    private static readonly string[] Columns = ["Word", "Request"];
    private readonly byte[] _key;

    public SearchWords(MasterKey master)
    {
        _key = new byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, master.Bytes, _key, [], "entente search words"u8);
    }

    public IReadOnlyList<string> Hashes(IEnumerable<string?> texts) =>
        [.. texts.SelectMany(text => Words(text ?? "")).Distinct(StringComparer.Ordinal).Take(MaxWords).Select(Hash)];

    /// <summary>One keyed hash of a whole text: the same for the same words in the same order, however they are written.</summary>
    public string HashOf(string text) => Hash(string.Join(' ', Words(text)));

    internal static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        foreach (var rune in text.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                word.Append(Rune.ToLowerInvariant(rune));
            }
            else if (Rune.GetUnicodeCategory(rune) is not UnicodeCategory.NonSpacingMark)
            {
                if (word.Length > 1)
                {
                    yield return word.ToString();
                }

                word.Clear();
            }
        }

        if (word.Length > 1)
        {
            yield return word.ToString();
        }
    }

    private string Hash(string word)
    {
        if (_known.TryGetValue(word, out var known))
        {
            return known;
        }

        var hash = Base64Url.EncodeToString(
            HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(word)).AsSpan(0, HashBytes)
        );
        if (word.Length <= LongestKnown)
        {
            if (_known.Count >= MostKnown)
            {
                _known.Clear(); // What is used again comes back.
            }

            _known[word] = hash;
        }

        return hash;
    }

    public static Task SaveAsync(
        Transaction transaction,
        IReadOnlyList<(string Request, IReadOnlyList<string> Words)> found,
        CancellationToken cancellation
    )
    {
        const string sql = "INSERT INTO request_word (word, request_id) VALUES (@Word, @Request)";
        object?[][] rows = [.. found.SelectMany(f => f.Words.Select(word => new object?[] { word, f.Request }))];
        return Bulk.ExecuteAsync(transaction, sql, Columns, rows, cancellation);
    }
}
