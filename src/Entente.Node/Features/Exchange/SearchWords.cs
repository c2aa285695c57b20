using System.Buffers;
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

    /// <summary>Each word's once, in the order in which they come.</summary>
    public IReadOnlyList<string> Hashes(IEnumerable<string?> texts)
    {
        var hashes = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            Walk(
                text ?? "",
                word =>
                {
                    if (hashes.Count < MaxWords && Hash(word) is var hash && seen.Add(hash))
                    {
                        hashes.Add(hash);
                    }
                }
            );
        }

        return hashes;
    }

    /// <summary>One keyed hash of a whole text: the same for the same words in the same order, however they are written.</summary>
    public string HashOf(string text) => Hash(string.Join(' ', Words(text)));

    internal static IReadOnlyList<string> Words(string text)
    {
        var words = new List<string>();
        Walk(text, word => words.Add(word.ToString()));
        return words;
    }

    /// <summary>Most of what a node receives passes here: no string is made of a word that is known already.</summary>
    private static void Walk(string text, Found found)
    {
        var folded = Ascii.IsValid(text) ? text : text.Normalize(NormalizationForm.FormKD);
        var buffer = ArrayPool<char>.Shared.Rent(folded.Length + 2);
        var length = 0;
        foreach (var rune in folded.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                length += Rune.ToLowerInvariant(rune).EncodeToUtf16(buffer.AsSpan(length));
            }
            else if (rune.IsAscii || Rune.GetUnicodeCategory(rune) is not UnicodeCategory.NonSpacingMark)
            {
                length = End(buffer, length, found);
            }
        }

        End(buffer, length, found);
        ArrayPool<char>.Shared.Return(buffer, clearArray: true);
    }

    private static int End(char[] buffer, int length, Found found)
    {
        if (length > 1)
        {
            found(buffer.AsSpan(0, length));
        }

        return 0;
    }

    private string Hash(ReadOnlySpan<char> word)
    {
        if (_known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var known))
        {
            return known;
        }

        var text = word.ToString();
        var hash = Base64Url.EncodeToString(
            HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text)).AsSpan(0, HashBytes)
        );
        if (text.Length <= LongestKnown)
        {
            if (_known.Count >= MostKnown)
            {
                _known.Clear(); // What is used again comes back.
            }

            _known[text] = hash;
        }

        return hash;
    }

    private delegate void Found(ReadOnlySpan<char> word);

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
