using System.Text;
using Entente.Reading.Knowledge;
using Entente.Reading.Text;

namespace Entente.Reading.Rules;

/// <summary>Gathers the mentions of each person over the text and gives each the post its best mention shows.</summary>
internal sealed class People(Page page, ReadingHints hints)
{
    private readonly List<Person> _people = [];

    public List<Person> Find()
    {
        var names = page.Language == "ar" ? null : new NameRuns(page);
        var posts = new Posts(page);
        var byTitle = new List<NameMention>();
        foreach (var sentence in page.Sentences)
        {
            var mentions = names is not null ? names.In(sentence) : new ArabicNames(page).In(sentence);
            posts.Join(sentence, mentions);
            if (sentence.Paragraph.IsTitle)
                byTitle.AddRange(mentions);
            else
                mentions.ForEach(Add);
        }
        byTitle.ForEach(Add);
        if (page.Language == "ar")
            foreach (var sentence in page.Sentences)
            foreach (var mention in new ArabicNames(page).Again(sentence, _people))
                if (
                    !_people.Exists(person =>
                        person.Mentions.Exists(m => m.First <= mention.First && mention.First < m.End)
                    )
                )
                    Add(mention);
        new LoosePosts(page).Give(_people);
        foreach (var person in _people)
            Describe(person);
        return _people;
    }

    private void Add(NameMention mention)
    {
        var words = Words(mention);
        var known = _people.Find(person => SamePerson(person, words));
        if (known is null)
        {
            var weak = words.Count == 1 && !mention.Honorific && !TouchesPost(mention);
            if (weak || mention.Sentence.Paragraph.IsTitle || (page.Language == "de" && !Looks(mention, words)))
                return;
            known = new Person(NameOf(mention), words[^1]);
            if (page.Language == "ar")
            {
                known.Native = known.Name;
                known.Name = Latin(known.Native);
            }
            _people.Add(known);
        }
        known.Mentions.Add(mention);
    }

    // "Minister Laftit": one word is a name only right behind its post.
    private static bool TouchesPost(NameMention mention) =>
        mention.Post is { } post
        && post.End == mention.First
        && post.Code is not ("other-official" or "other-minister");

    // German writes every noun with a capital: a name needs a given name or a post beside it.
    private static bool Looks(NameMention mention, List<string> words) =>
        mention.Honorific
        || mention.Post is not null
        || mention.Counterpart is not null
        || GivenNames.Contains(words[0])
        || words.Exists(word => word is "von" or "van" or "al" or "bin" or "ben" or "ibn" or "ould" or "el");

    private string Latin(string native) =>
        hints.KnownNames is not null && hints.KnownNames.TryGetValue(native, out var known)
            ? known
            : Transliteration.ToLatin(native);

    private List<string> Words(NameMention mention)
    {
        var words = new List<string>();
        for (var i = mention.First; i < mention.End; i++)
            if (page.Tokens[i].IsWord)
                words.Add(page.Language == "fi" ? FinnishNames.Stem(page.Tokens[i].Folded) : page.Tokens[i].Folded);
        return words;
    }

    // A shorter mention is the same person when its words end or begin the full name.
    private bool SamePerson(Person person, List<string> words)
    {
        var full = Words(person.Mentions[0]);
        if (full.Count < words.Count)
            return false;
        return words.TrueForAll(full.Contains)
            && (words.Count == full.Count || words[^1] == full[^1] || full.Skip(1).Contains(words[0]));
    }

    private string NameOf(NameMention mention)
    {
        var name = new StringBuilder();
        var space = false;
        foreach (var c in page.Words(mention.First, mention.End))
        {
            if (char.IsWhiteSpace(c))
            {
                space = name.Length > 0;
                continue;
            }
            if (Tokeniser.IsInvisible(c))
                continue;
            if (space)
                name.Append(' ');
            space = false;
            name.Append(c);
        }
        return page.Language == "fi" ? FinnishNames.Nominative(name.ToString(), page) : name.ToString();
    }

    private static void Describe(Person person)
    {
        var posted =
            person.Mentions.Find(mention => mention.Post is not null && !IsVague(mention.Post)) ?? person.Posted;
        person.Role = posted?.Post?.Code;
    }

    private static bool IsVague(Tag post) => post.Code is "other-minister" or "other-official" && post.Words == 1;
}
