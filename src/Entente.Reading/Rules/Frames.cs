using Entente.Reading.Knowledge;
using Entente.Reading.Text;

namespace Entente.Reading.Rules;

/// <summary>What a sentence does, read from the vocabulary <c>frames</c>.</summary>
internal sealed class Frame(Sentence sentence)
{
    public Sentence Sentence { get; } = sentence;
    public bool Meets { get; } = sentence.Has("frames", "meet");
    public bool Visits { get; } = sentence.Has("frames", "visit");
    public bool Signs { get; } = sentence.Has("frames", "sign");
    public bool Calls { get; } = sentence.Has("frames", "call");
    public bool Operates { get; } = sentence.Has("frames", "operation");
    public bool Agrees { get; } = sentence.Has("frames", "agree");
    public bool Denied { get; } = sentence.Has("frames", "denial");
    public bool History { get; } = sentence.Has("frames", "history");
    public bool Third { get; } = sentence.Has("frames", "third");

    /// <summary>Someone who did not take part has a word.</summary>
    public bool Comments { get; } =
        sentence.Has("frames", "comment")
        && !sentence.Tags.Exists(tag =>
            tag.Category == "frames" && tag.Code is "meet" or "agree" or "sign" or "attend" or "operation"
        );

    public bool Attends { get; } = sentence.Has("frames", "attend");
    public bool Instructed { get; } = sentence.Has("frames", "instructions");
    public bool Margins { get; } = sentence.Has("frames", "margins");
    public bool Absent { get; } = sentence.Has("frames", "absent");
    public bool Issues { get; } = sentence.Has("frames", "issuer");

    /// <summary>True if a denial stands in the clause of the tag: "… , qui ne fait état d'aucun texte" denies no more
    /// than its own clause.</summary>
    public bool Denies(Page page, Tag tag)
    {
        foreach (var denial in Sentence.Tags)
            if (denial.Category == "frames" && denial.Code == "denial" && SameClause(page, denial, tag))
                return true;
        return false;
    }

    private static bool SameClause(Page page, Tag a, Tag b)
    {
        var first = Math.Min(a.End, b.End);
        var end = Math.Max(a.First, b.First);
        for (var i = first; i < end; i++)
            if (
                page.Tokens[i].Kind == TokenKind.Mark && page.Tokens[i].Folded is ";" or ":"
                || (page.Tokens[i].IsMark(',') && a.First > b.First)
            )
                return false;
        return true;
    }

    public bool Encounter => (Meets || Visits || Signs || Calls) && !Denied && !Third;
}

/// <summary>The frames of all sentences, by their order.</summary>
internal sealed class Frames
{
    private readonly Frame[] _frames;

    public Frames(Page page) => _frames = [.. page.Sentences.Select(sentence => new Frame(sentence))];

    public Frame Of(Sentence sentence) => _frames[sentence.Order];

    public IEnumerable<Frame> All => _frames;
}
