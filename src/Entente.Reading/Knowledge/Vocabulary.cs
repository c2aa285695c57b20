using System.Collections.Concurrent;
using Entente.Reading.Text;

namespace Entente.Reading.Knowledge;

/// <summary>A run of tokens that a knowledge entry names. Token numbers are those of the whole text.</summary>
internal sealed record Tag(Entry Entry, int First, int End)
{
    public string Category => Entry.Category;
    public string Code => Entry.Code;
    public int Words => End - First;
}

/// <summary>All entries of one language and the common ones, indexed by their first word. Immutable once built,
/// hence safe to share between threads.</summary>
internal sealed class Vocabulary
{
    public static readonly string[] Languages = ["ar", "de", "en", "es", "fi", "fr"];

    private const int MostRemembered = 20_000;

    private static readonly ConcurrentDictionary<string, Vocabulary> Loaded = new(StringComparer.Ordinal);

    private readonly Dictionary<string, List<Entry>> _exact = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Entry>> _prefix = new(StringComparer.Ordinal);
    private readonly List<(string Word, Entry Entry)> _inside = [];
    private readonly List<Entry> _numbers = [];
    private readonly ConcurrentDictionary<string, Entry[]> _candidates = new(StringComparer.Ordinal);
    private int _longestPrefix;

    private Vocabulary(string language)
    {
        Language = language;
        foreach (var folder in new[] { language, "common" })
        foreach (var name in KnowledgeFile.Names(folder).Where(IsPatterns))
        foreach (var entry in EntriesOf(name))
        {
            Entries.Add(entry);
            Index(entry);
        }
    }

    public string Language { get; }

    public List<Entry> Entries { get; } = [];

    public static Vocabulary Of(string language) => Loaded.GetOrAdd(language, code => new Vocabulary(code));

    private static bool IsPatterns(string name) =>
        name.EndsWith(".txt", StringComparison.Ordinal)
        && !name.EndsWith("/furniture.txt", StringComparison.Ordinal)
        && !name.EndsWith("/language.txt", StringComparison.Ordinal);

    private static IEnumerable<Entry> EntriesOf(string name) =>
        name.EndsWith("/countries.txt", StringComparison.Ordinal) ? PlaceFiles.Countries(name)
        : name.EndsWith("/cities.txt", StringComparison.Ordinal) ? PlaceFiles.Cities(name)
        : KnowledgeFile.Entries(name);

    /// <summary>Every longest match of a sentence; matches of one category do not overlap.</summary>
    public void Tag(List<Token> tokens, int first, int end, string text, List<Tag> tags)
    {
        var from = tags.Count;
        for (var at = first; at < end; at++)
            TagAt(tokens, at, end, text, tags);
        KeepLongest(tags, from);
    }

    private void TagAt(List<Token> tokens, int at, int end, string text, List<Tag> tags)
    {
        var token = tokens[at];
        if (token.Kind == TokenKind.Mark)
            return;
        if (token.Kind == TokenKind.Number)
            TryAll(_numbers, tokens, at, end, text, tags);
        TryAll(Candidates(token), tokens, at, end, text, tags);
    }

    /// <summary>The entries whose first word the token fits. Texts repeat their words: the answer is kept for a bounded
    /// number of them.</summary>
    private Entry[] Candidates(Token token)
    {
        if (_candidates.TryGetValue(token.Folded, out var known))
            return known;
        var found = new List<Entry>();
        var prefixes = _prefix.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var form in token.Forms)
        {
            if (_exact.TryGetValue(form, out var exact))
                found.AddRange(exact);
            for (var length = 1; length <= form.Length && length <= _longestPrefix; length++)
                if (prefixes.TryGetValue(form.AsSpan(0, length), out var starting))
                    found.AddRange(starting);
        }
        foreach (var (word, entry) in _inside)
            if (token.Folded.Contains(word, StringComparison.Ordinal))
                found.Add(entry);
        Entry[] candidates = found.Count == 0 ? [] : [.. found.Distinct()];
        if (_candidates.Count < MostRemembered)
            _candidates.TryAdd(token.Folded, candidates);
        return candidates;
    }

    private static void TryAll(
        IReadOnlyList<Entry> entries,
        List<Token> tokens,
        int at,
        int end,
        string text,
        List<Tag> tags
    )
    {
        foreach (var entry in entries)
            Try(entry, tokens, at, end, text, tags);
    }

    private static void Try(Entry entry, List<Token> tokens, int at, int end, string text, List<Tag> tags)
    {
        var matched = entry.Match(tokens, at, end, text);
        if (matched > at)
            tags.Add(new Tag(entry, at, matched));
    }

    private void Index(Entry entry)
    {
        foreach (var test in entry.Elements[0].Alternatives)
            switch (test.Test)
            {
                case Test.Exact:
                    Add(_exact, test.Word, entry);
                    break;
                case Test.CaseExact:
                    Add(_exact, Folding.Fold(test.Word), entry);
                    break;
                case Test.Prefix:
                    Add(_prefix, test.Word, entry);
                    _longestPrefix = Math.Max(_longestPrefix, test.Word.Length);
                    break;
                case Test.Number:
                    _numbers.Add(entry);
                    break;
                default:
                    _inside.Add((test.Word, entry));
                    break;
            }
    }

    private static void Add(Dictionary<string, List<Entry>> index, string word, Entry entry)
    {
        if (!index.TryGetValue(word, out var list))
            index[word] = list = [];
        list.Add(entry);
    }

    // Longest first, then earliest; a shorter match of the same category inside a longer one says nothing more.
    private static void KeepLongest(List<Tag> tags, int from)
    {
        if (tags.Count - from < 2)
            return;
        var found = tags.GetRange(from, tags.Count - from);
        tags.RemoveRange(from, tags.Count - from);
        found.Sort(Compare);
        var kept = new List<Tag>(found.Count);
        foreach (var tag in found)
            if (!kept.Exists(k => k.Category == tag.Category && Clash(k, tag)))
                kept.Add(tag);
        kept.Sort((a, b) => a.First.CompareTo(b.First));
        tags.AddRange(kept);
    }

    private static int Compare(Tag a, Tag b) =>
        a.Words != b.Words ? b.Words.CompareTo(a.Words)
        : a.First != b.First ? a.First.CompareTo(b.First)
        : b.Entry.Specificity.CompareTo(a.Entry.Specificity);

    // In these vocabularies a word means one thing only, so the longer match silences the shorter of another code.
    private static bool IsExclusive(string category) =>
        category is not ("frames" or "results" or "commitments" or "sideframes");

    private static bool Clash(Tag kept, Tag tag) =>
        tag.First < kept.End
        && kept.First < tag.End
        && (
            tag.Code == kept.Code
            || (
                IsExclusive(kept.Category)
                && (kept.Category != "domains" || (kept.First <= tag.First && tag.End <= kept.End))
                && (tag.Words < kept.Words || kept.Category is "posts" or "months")
            )
        );
}
