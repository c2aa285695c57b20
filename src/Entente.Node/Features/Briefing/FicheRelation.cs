using System.Globalization;
using Entente.Node.Features.Record;
using Entente.Node.Web;

namespace Entente.Node.Features.Briefing;

/// <summary>The relation at a glance, and who the people are.</summary>
internal static class FicheRelation
{
    private const int MostPeople = 15;

    public static FicheSection Glance(Labels labels, FicheSources sources)
    {
        var partner = sources.Partner;
        var last = sources.Last;
        var rows = new List<(string, string)>
        {
            (labels["record.last-meeting"], last is null ? "–" : MeetingWords.Title(labels, last.Row)),
            (labels["record.meetings"], Number(partner.Meetings)),
            (labels["record.in-force"], Number(partner.Instruments)),
            (labels["record.pending"], Number(partner.Pending)),
            (labels["commitments.late"], Number(partner.Late)),
            (
                labels["briefing.in-negotiation"],
                Number(sources.Texts.Count(t => !t.IsInForce && t.State != Texts.TextStates.Draft))
            ),
        };
        var states = Record
            .Commitments.States.Select(s => (labels[$"record.state.{s}"], (double)sources.States.GetValueOrDefault(s)))
            .ToList();
        return new FicheSection(
            labels["briefing.glance"],
            [new FicheFacts(rows), new FicheBars(labels["record.commitments"], states)]
        );
    }

    public static FicheSection People(Labels labels, FicheSources sources)
    {
        var order = Codes.Roles.ToList();
        var rows = sources
            .People.Where(p => p.Until is null)
            .OrderBy(p => order.IndexOf(p.Role))
            .Take(MostPeople)
            .Select(IReadOnlyList<string> (p) => [Name(p), labels[$"role.{p.Role}"], PartialDate.Show(p.SeenLast)])
            .ToList();
        return new FicheSection(
            labels["record.people"],
            rows.Count == 0
                ? [new FicheNote(labels["briefing.nothing"])]
                : [new FicheTable([labels["record.name"], labels["record.post"], labels["briefing.last-seen"]], rows)]
        );
    }

    /// <summary>`En cours : 2 · En retard : 1`; what is none is left out.</summary>
    internal static string Line(Labels labels, IEnumerable<(string Label, long Count)> counts) =>
        string.Join(" · ", counts.Where(one => one.Count > 0).Select(one => labels.Pair(one.Label, Number(one.Count))));

    internal static string Number(long number) => number.ToString("N0", CultureInfo.CurrentCulture);

    private static string Name(OfficialRow person) =>
        Labels.Language == "ar" && person.Native is { Length: > 0 } native ? native : person.Name;
}
