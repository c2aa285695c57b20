using Entente.Reading.Text;

namespace Entente.Reading.Rules;

/// <summary>The services and ministries that take part.</summary>
internal sealed class Bodies(Page page, Frames frames)
{
    public List<Found<string>> Find(CastList cast)
    {
        _ = cast;
        var evidence = new Evidence(page);
        foreach (var frame in frames.All)
            if (!frame.Denied && !frame.Third && !frame.Comments)
                foreach (var tag in frame.Sentence.Tags)
                    if (tag.Category == "bodies")
                        evidence.Add(tag.Code.Length > 2 && tag.Code[2] == ':' ? tag.Code[3..] : tag.Code, tag);
        return evidence.ToFound();
    }
}
