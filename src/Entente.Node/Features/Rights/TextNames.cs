using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Entente.Names;
using Entente.Node.Features.Exchange;
using Entente.Protocol;

namespace Entente.Node.Features.Rights;

/// <summary>What in a message's text may name somebody.</summary>
internal static partial class TextNames
{
    private const int Most = 200;
    private const int After = 3;

    /// <summary>The texts in which a person may be named beside the fields for subjects.</summary>
    public static IReadOnlyList<string> Texts(Message message) =>
        message.Kind switch
        {
            Kinds.Answer when message.AsAnswer() is { Ok: true, Value: var answer } => Said([
                answer.Text,
                .. answer.Answers.Select(one => one.Text),
            ]),
            Kinds.Information => Said([message.AsInformation()?.Text]),
            Kinds.Request when message.AsRequest() is { Ok: true, Value: var request } => Said([
                .. request.Questions,
                request.Justification,
            ]),
            _ => [],
        };

    /// <summary>
    /// Words that may be parts of a name: with a capital, of a script that has none, or beside a given name that everybody
    /// knows, with the word before it and the three after (`vu avec ahmed ben ali`).
    /// </summary>
    public static IReadOnlyCollection<string> Words(IEnumerable<string> texts)
    {
        var words = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var text in texts)
        {
            var (before, beside) = (default(Range), 0);
            // Every message passes here: what cannot be a name, and what was met before, is not copied.
            foreach (var match in Word().EnumerateMatches(text))
            {
                var word = text.AsSpan(match.Index, match.Length);
                var named = MayName(word);
                if (!named && GivenNames.Contains(word))
                {
                    Add(text.AsSpan()[before]);
                    beside = After + 1;
                }

                if (named || beside-- > 0)
                {
                    Add(word);
                }

                before = match.Index..(match.Index + match.Length);
            }
        }

        return words;

        void Add(ReadOnlySpan<char> word)
        {
            if (words.Count < Most && !word.IsEmpty)
            {
                words.GetAlternateLookup<ReadOnlySpan<char>>().Add(word);
            }
        }
    }

    /// <summary>The sentences in which all those words stand; where none has them all, those that have one.</summary>
    /// <param name="hashes">A sentence's words in the form in which names are compared.</param>
    public static IReadOnlyList<string> Passages(
        IEnumerable<string> texts,
        IReadOnlySet<long> wanted,
        Func<string, IEnumerable<long>> hashes
    )
    {
        var sentences = texts.SelectMany(text => Sentence().Split(text)).Select(s => s.Trim()).Where(s => s.Length > 0);
        var counted = sentences.Select(s => (Text: s, Found: hashes(s).Count(wanted.Contains))).ToList();
        var most = counted.Select(s => s.Found).DefaultIfEmpty().Max();
        return [.. counted.Where(s => s.Found > 0 && s.Found == most).Select(s => s.Text)];
    }

    private static IReadOnlyList<string> Said(IEnumerable<string?> texts) =>
        [.. texts.OfType<string>().Where(text => text.Length > 0)];

    private static bool MayName(ReadOnlySpan<char> word)
    {
        Rune.DecodeFromUtf16(word, out var first, out _);
        return Rune.IsUpper(first) || Rune.GetUnicodeCategory(first) == UnicodeCategory.OtherLetter;
    }

    [GeneratedRegex(@"\p{L}[\p{L}\p{M}\p{N}'’-]*")]
    private static partial Regex Word();

    [GeneratedRegex(@"(?<=[.!?؟。])\s+|\n+")]
    private static partial Regex Sentence();
}
