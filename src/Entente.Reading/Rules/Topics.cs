using Entente.Reading.Text;

namespace Entente.Reading.Rules;

/// <summary>What was talked about, and what was agreed.</summary>
internal sealed class Topics(Page page, Frames frames)
{
    public List<Found<string>> Domains()
    {
        var evidence = new Evidence(page);
        foreach (var frame in frames.All)
            if (!frame.Denied && !frame.Third && !frame.Comments)
                foreach (var tag in frame.Sentence.Tags)
                    if (tag.Category == "domains")
                        evidence.Add(tag.Code, tag);
        return evidence.ToFound();
    }

    public List<Found<string>> Commitments()
    {
        var evidence = new Evidence(page);
        foreach (var frame in frames.All)
            if (!frame.Denied && !frame.Third && !frame.History)
                foreach (var tag in frame.Sentence.Tags)
                    if (tag.Category == "commitments" && (tag.Code == "raise-cooperation" || frame.Agrees))
                        evidence.Add(tag.Code, tag);
        return evidence.ToFound(0.7);
    }
}
