using Entente.Reading.Knowledge;
using Entente.Reading.Text;

namespace Entente.Reading.Rules;

/// <summary>Posts named apart from their holders: "Turkey's defence minister met the Qatari minister. Hulusi Akar and
/// Khalid al-Attiyah …". In the first sentences, posts without a name go to names without a post, in order.</summary>
internal sealed class LoosePosts(Page page)
{
    private const int LeadSentences = 9;

    public void Give(List<Person> people)
    {
        var posts = Loose(people);
        var bare = people.FindAll(person => person.Posted is null && person.Mentions[0].Sentence.Order < LeadSentences);
        if (posts.Count == 0 || bare.Count == 0)
            return;
        for (var i = 0; i < bare.Count && i < posts.Count; i++)
        {
            var (post, side) = posts[i];
            if (post.Category == "posts" && post.Code != "other-minister")
                bare[i].Mentions[0].Post = post;
            else
                bare[i].Mentions[0].Counterpart = post;
            bare[i].Mentions[0].Side ??= side;
        }
    }

    private List<(Tag Post, Tag? Side)> Loose(List<Person> people)
    {
        var claimed = people.SelectMany(person => person.Mentions).Select(mention => mention.Post).ToHashSet();
        var found = new List<(Tag, Tag?)>();
        foreach (var sentence in page.Sentences.Take(LeadSentences))
        {
            if (sentence.Paragraph.IsTitle || sentence.Has("frames", "history") || sentence.Has("frames", "third"))
                continue;
            foreach (var post in sentence.Tags)
            {
                if (
                    post.Category != "posts"
                    || post.Code
                        is "head-of-state"
                            or "head-of-government"
                            or "other-official"
                            or "other-minister"
                            or "eu-official"
                )
                    continue;
                if (
                    claimed.Contains(post)
                    || IsClaimedSame(claimed, post)
                    || found.Exists(other => Same(other.Item1, post))
                )
                    continue;
                found.Add((post, SideOf(sentence, post)));
            }
        }
        return found;
    }

    private static bool IsTelling(Sentence sentence, Tag tag, int found) =>
        tag.Category == "posts"
            ? tag.Code
                is not ("head-of-state" or "head-of-government" or "other-official" or "eu-official" or "ambassador")
                && (tag.Code != "other-minister" || (found > 0 && SideOf(sentence, tag) is not null))
            : tag.Category == "frames" && tag.Code == "counterpart" && found > 0;

    private bool Same(Tag a, Tag b) => page.Words(a).Equals(page.Words(b), StringComparison.OrdinalIgnoreCase);

    // "Le ministre de l'Intérieur" said again without the name is still the same minister.
    private bool IsClaimedSame(HashSet<Tag?> claimed, Tag post) =>
        claimed.Any(tag =>
            tag is not null && (Same(tag, post) || (tag.Code == post.Code && post.Code != "service-head"))
        );

    private static Tag? SideOf(Sentence sentence, Tag post) =>
        sentence.Tags.Find(tag =>
            tag.Category is "demonym" or "country" && tag.First >= post.First - 3 && tag.End <= post.End + 4
        );
}
