using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Entente.Node.Storage;

namespace Entente.Node.Features.Exchange;

/// <summary>
/// Words a message may be found by, as keyed hashes of 64 bits: the database finds a name without holding it, and an index
/// of numbers is a quarter of one of texts. Compared without case and accents; whole words only.
/// </summary>
internal sealed class SearchWords
{
    private const int LongHashBytes = 15;
    private const int MaxWords = 500;

    // Few words make up most of every text; hashing one costs a microsecond, and finding it again hardly anything.
    private const int MostKnown = 8192;

    // Numbers, plates and dates hardly come twice, and would drive out what does.
    private const int LongestKnown = 24;
    private readonly ConcurrentDictionary<string, long> _known = new(StringComparer.Ordinal);
    private static readonly string[] Columns = ["Word", "Leaf"];
    private readonly KeyedHash _hash;

    public SearchWords(MasterKey master)
    {
        Span<byte> key = stackalloc byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, master.Bytes, key, [], "entente search words"u8);
        _hash = new KeyedHash(key);
        CryptographicOperations.ZeroMemory(key);
    }

    /// <summary>Each word's once, in the order in which they come.</summary>
    public IReadOnlyList<long> Hashes(IEnumerable<string?> texts)
    {
        var hashes = new List<long>();
        var seen = new HashSet<long>();
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
    public long HashOf(string text) => Hash(string.Join(' ', Words(text)));

    /// <summary>The same, of 120 bits and as text, where a collision would be somebody's leave for another purpose.</summary>
    public string LongHashOf(string text)
    {
        Span<byte> mac = stackalloc byte[KeyedHash.Size];
        _hash.Of(string.Join(' ', Words(text)), mac);
        return Base64Url.EncodeToString(mac[..LongHashBytes]);
    }

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

    private long Hash(ReadOnlySpan<char> word)
    {
        if (_known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var known))
        {
            return known;
        }

        Span<byte> mac = stackalloc byte[KeyedHash.Size];
        _hash.Of(word, mac);
        var hash = BinaryPrimitives.ReadInt64BigEndian(mac);
        if (word.Length <= LongestKnown && !word.ContainsAnyInRange('0', '9'))
        {
            if (_known.Count >= MostKnown)
            {
                _known.Clear(); // What is used again comes back.
            }

            _known[word.ToString()] = hash;
        }

        return hash;
    }

    private delegate void Found(ReadOnlySpan<char> word);

    public static async Task SaveAsync(
        Transaction transaction,
        IReadOnlyList<FoundBy> found,
        CancellationToken cancellation
    )
    {
        const string sql = "INSERT INTO request_word (word, leaf) VALUES (@Word, @Leaf)";
        object?[][] rows = [.. found.SelectMany(f => f.Words.Select(word => new object?[] { word, f.Leaf }))];
        await Bulk.ExecuteAsync(transaction, sql, Columns, rows, cancellation);
        await FoundBy.SaveAsync(transaction, found, cancellation);
    }
}
