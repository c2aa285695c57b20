using Entente.Reading.Text;

namespace Entente.Reading.Rules;

/// <summary>In which formats the encounter was held.</summary>
internal static class Formats
{
    public static List<Found<string>> Find(Page page, Frames frames, string kind)
    {
        var evidence = new Evidence(page);
        foreach (var frame in frames.All)
        {
            if (frame.Denied || frame.Third || frame.History || frame.Comments || frame.Absent)
                continue;
            foreach (var tag in frame.Sentence.Tags)
                if (tag.Category == "frames" && Of(tag.Code, kind) is { } format)
                    evidence.Add(format, tag);
        }
        return evidence.ToFound();
    }

    private static string? Of(string code, string kind) =>
        code switch
        {
            "plenary" or "enlarged" or "one-on-one" => code,
            "margins" => "on-the-margins",
            "video" => "by-video",
            "call" when kind == "call" => "by-phone",
            _ => null,
        };
}
