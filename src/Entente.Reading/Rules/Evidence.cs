using Entente.Reading.Knowledge;
using Entente.Reading.Text;

namespace Entente.Reading.Rules;

/// <summary>Collects what speaks for each value and turns it into found values, in the order of first sight.</summary>
internal sealed class Evidence(Page page)
{
    private readonly Dictionary<string, List<Tag>> _tags = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];

    public int Count => _order.Count;

    public bool Has(string code) => _tags.ContainsKey(code);

    public void Add(string code, Tag tag)
    {
        if (!_tags.TryGetValue(code, out var list))
        {
            _tags[code] = list = [];
            _order.Add(code);
        }
        list.Add(tag);
    }

    /// <summary>More mentions, more confidence: once 0.8, several times up to 0.97.</summary>
    public List<Found<string>> ToFound(double once = 0.8) =>
        [
            .. _order.Select(code => new Found<string>(
                code,
                Math.Min(0.97, once + 0.06 * (_tags[code].Count - 1)),
                [.. _tags[code].Select(page.SpanOf)],
                _tags[code][0].Entry.Name
            )),
        ];
}
