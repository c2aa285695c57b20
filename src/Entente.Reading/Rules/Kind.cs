using Entente.Reading.Text;

namespace Entente.Reading.Rules;

/// <summary>What kind of encounter the text reports, if any.</summary>
internal sealed class Kind(Page page, Frames frames)
{
    public Found<string> Decide(CastList cast)
    {
        var lead = page.Sentences.Take(4).Select(frames.Of).ToList();
        var kind =
            cast.Partners.Count < 2 ? "none"
            : lead.Exists(frame => frame.Calls) ? "call"
            : lead.Take(2).Any(frame => frame.Signs && !frame.Denied) ? "signing"
            : cast.Acting.Count == 0 && frames.All.Any(frame => frame.Operates) ? "operation"
            : lead.Exists(frame => frame.Visits) && frames.All.Any(frame => frame.Sentence.Has("frames", "site"))
                ? "visit"
            : "meeting";
        var shown = page.Title is { } title ? new Span(title.Start, title.Length) : FirstSpan();
        return new Found<string>(kind, 0.8, [shown], "rule/kind");
    }

    private Span FirstSpan()
    {
        var first = page.Paragraphs.Find(paragraph => paragraph.Aside is null) ?? page.Paragraphs.FirstOrDefault();
        return first is null ? new Span(0, 0) : new Span(first.Start, Math.Min(first.Length, 200));
    }
}
