using Entente.Reading.Knowledge;
using Entente.Reading.Text;

namespace Entente.Reading.Rules;

/// <summary>What was talked about, and what was agreed.</summary>
internal sealed class Topics(Page page, Frames frames)
{
    public List<Found<string>> Domains()
    {
        var evidence = new Evidence(page);
        foreach (var frame in frames.All)
            if (!frame.Third && !frame.Comments)
                foreach (var tag in frame.Sentence.Tags)
                    if (
                        tag.Category == "domains"
                        && !frame.Denies(page, tag)
                        && !IsTitle(frame.Sentence, tag)
                        && !IsSite(frame.Sentence, tag)
                        && !IsExchanged(frame.Sentence, tag)
                    )
                        evidence.Add(tag.Code, tag);
        return evidence.ToFound();
    }

    // A police academy that guests are shown is a place, not a topic.
    private static bool IsSite(Sentence sentence, Tag tag) =>
        tag.Code == "police-training" && sentence.Has("frames", "site");

    // "Exchange of intelligence" promises something; intelligence is not what was talked about.
    private static bool IsExchanged(Sentence sentence, Tag tag) =>
        tag.Code == "intelligence"
        && sentence.Tags.Exists(other =>
            other is { Category: "commitments", Code: "information-exchange" }
            && other.First <= tag.First
            && tag.End <= other.End
        );

    // "Ministre de la Sécurité et de la Protection civile" is a post and no topic; only a meeting opened by defence
    // ministers is about defence by that alone.
    private bool IsTitle(Sentence sentence, Tag tag) =>
        sentence.Tags.Exists(other =>
            other.Category is "posts" or "services" or "honorifics"
            && other.First <= tag.First
            && tag.End <= other.End
            && other.Words > tag.Words
            && !(other.Code == "defence-minister" && sentence.Order <= 4)
        ) || sentence.Tags.Exists(post => post.Category == "posts" && IsJoined(post, tag));

    // "… de la Sécurité et de la Protection civile": the second half of a portfolio, joined in capitals.
    private bool IsJoined(Tag post, Tag topic)
    {
        if (topic.First <= post.End || topic.First - post.End > 4 || !page.Tokens[topic.First].IsCapital)
            return false;
        return page.Language is not "de"
            && Joins.Contains(page.Tokens[post.End].Folded)
            && page.Tokens[post.End..topic.First].TrueForAll(token => token.Shape == Shape.Lower || token.IsMark('\''));
    }

    private static readonly HashSet<string> Joins = ["et", "y", "and", "e"];

    /// <summary>A generic "strengthen" counts wherever the parties say it; anything else needs an agreement, a decision
    /// or a call in its sentence or before it in its paragraph.</summary>
    public List<Found<string>> Commitments(IReadOnlyList<Instrument> instruments)
    {
        var evidence = new Evidence(page);
        Paragraph? agreeing = null;
        foreach (var frame in frames.All)
        {
            if (frame.Third || frame.Comments || (frame.History && !frame.Agrees))
                continue;
            if (frame.Agrees || frame.Signs)
                agreeing = frame.Sentence.Paragraph;
            foreach (var tag in frame.Sentence.Tags)
                if (
                    tag.Category == "commitments"
                    && IsFree(tag.Code, agreeing == frame.Sentence.Paragraph)
                    && !frame.Denies(page, tag)
                    && !IsNegated(frame.Sentence, tag)
                )
                    evidence.Add(tag.Code, tag);
        }
        var found = evidence.ToFound(0.7);
        var planned = instruments.FirstOrDefault(i =>
            i.Status is "expected" or "proposed" && i.Type != "joint-communique"
        );
        if (planned is not null && !evidence.Has("new-instrument"))
            found.Add(new Found<string>("new-instrument", 0.8, planned.Spans, "rule/planned-instrument"));
        return found;
    }

    private static bool IsFree(string code, bool agreed) =>
        agreed || code is "raise-cooperation" or "follow-up-meeting";

    // "kein Verbindungsbeamter", "ni patrouilles": a negative word right before.
    private bool IsNegated(Sentence sentence, Tag tag)
    {
        for (var i = Math.Max(sentence.First, tag.First - 3); i < tag.First; i++)
            if (Negatives.Contains(page.Tokens[i].Folded))
                return true;
        return false;
    }

    private static readonly HashSet<string> Negatives =
    [
        "ni",
        "aucun",
        "aucune",
        "pas",
        "sans",
        "no",
        "not",
        "nor",
        "neither",
        "without",
        "kein",
        "keine",
        "keinen",
        "keiner",
        "nicht",
        "ohne",
        "ei",
        "eika",
        "ilman",
        "لا",
        "لم",
        "دون",
        "بدون",
        "ningun",
        "ninguna",
        "sin",
        "tampoco",
        "weder",
        "noch",
    ];
}
