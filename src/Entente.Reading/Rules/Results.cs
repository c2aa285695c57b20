using Entente.Reading.Text;

namespace Entente.Reading.Rules;

/// <summary>What came of the cooperation, with numbers.</summary>
internal sealed class Results(Page page, Frames frames)
{
    public List<Result> Find(CastList cast)
    {
        _ = (page, frames, cast);
        return [];
    }
}
