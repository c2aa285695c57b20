using System.Globalization;
using Entente.Node.Web;

namespace Entente.Node.Features.Breach;

/// <summary>What the supervisory authority is told, the same on the page and on paper.</summary>
internal static class BreachWords
{
    public static IReadOnlyList<(string Label, string Text)> Facts(Labels labels, BreachFile file)
    {
        var (breach, facts) = (file.Breach, file.Facts);
        List<(string Label, string Text)> rows =
        [
            (labels["breach.noticed"], Moment(breach.NoticedAt)),
            (labels["breach.due"], Moment(breach.Due)),
            (labels["breach.nature"], Natures(labels, breach.Nature)),
            (
                labels["breach.risk"],
                labels[breach.Risk.Length == 0 ? "breach.risk.none" : $"breach.risk.{breach.Risk}"]
            ),
            (labels["breach.what"], facts.What),
            (labels["breach.persons"], facts.Persons),
            (labels["breach.messages"], file.Affected.Count.ToString(CultureInfo.CurrentCulture)),
            (labels["breach.consequences"], facts.Consequences),
            (labels["breach.measures"], facts.Measures),
            (labels["breach.contact"], facts.Contact),
            (labels["breach.notified"], breach.NotifiedAt is { } at ? $"{Moment(at)} {facts.Reference}".Trim() : ""),
            (labels["breach.late-reason"], facts.LateReason),
        ];
        return [.. rows.Where(row => row.Text.Length > 0)];
    }

    public static string Natures(Labels labels, string codes) =>
        string.Join(" · ", codes.Split(',').Select(code => labels[$"breach.nature.{code}"]));

    private static string Moment(DateTimeOffset at) => Wording.Moment(at, TimeZoneInfo.Utc) + " UTC";
}
