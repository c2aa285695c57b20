using Entente.Node.Features.Record;
using Entente.Node.Features.Texts;
using Entente.Node.Web;

namespace Entente.Node.Features.Briefing;

/// <summary>What is open, and what follows from it for the agenda.</summary>
internal static class FicheOpen
{
    private const int Most = 8;

    public static FicheSection Points(Labels labels, FicheSources sources)
    {
        List<string> points =
        [
            .. (sources.Meeting?.Unsettled ?? []).Select(words =>
                labels["briefing.point.unsettled", FicheAgreed.Isolated(words)]
            ),
            .. sources
                .Activities.Latest.Where(activity => activity.Disputed)
                .Select(activity => labels["briefing.point.disputed", FicheAgreed.Isolated(activity.Title)]),
            .. sources
                .Pending.Where(c => sources.IsLate(c) && sources.Concerns(c))
                .Take(Most)
                .Select(c => labels["briefing.point.late", FicheAgreed.Said(labels, c)]),
            .. sources
                .Pending.Where(c => sources.Standings.GetValueOrDefault(c.Id)?.Disputed == true && sources.Concerns(c))
                .Take(Most)
                .Select(c => labels["briefing.point.disputed", FicheAgreed.Said(labels, c)]),
            .. InNegotiation(sources)
                .Select(t => labels["briefing.point.text", TitleOf(labels, t), labels[$"texts.state.{t.State}"]]),
        ];
        if (sources.Exchange.Overdue > 0)
        {
            points.Add(labels["briefing.point.overdue", FicheRelation.Number(sources.Exchange.Overdue)]);
        }

        return new FicheSection(
            labels["briefing.open"],
            points.Count == 0 ? [new FicheNote(labels["briefing.nothing"])] : [new FicheList(points)]
        );
    }

    public static FicheSection Agenda(Labels labels, FicheSources sources)
    {
        var domains = sources
            .Exchange.Domains.Select(d => d.Domain)
            .Concat(sources.Last?.Domains ?? [])
            .Where(d => labels.Has($"domain.{d}"))
            .Distinct()
            .Take(3)
            .ToList();
        List<string> items = [labels["briefing.agenda.last"]];
        if (sources.Partner.Late > 0)
        {
            items.Add(labels["briefing.agenda.late", FicheRelation.Number(sources.Partner.Late)]);
        }

        items.AddRange(InNegotiation(sources).Select(t => labels["briefing.agenda.text", TitleOf(labels, t)]));
        items.AddRange(domains.Select(d => labels["briefing.agenda.domain", labels[$"domain.{d}"]]));
        if (sources.Exchange.Sent.Requests + sources.Exchange.Received.Requests > 0)
        {
            items.Add(labels["briefing.agenda.exchange"]);
        }

        items.Add(labels["briefing.agenda.next"]);
        return new FicheSection(labels["briefing.agenda"], [new FicheList(items, Numbered: true)]);
    }

    private static IEnumerable<TextRow> InNegotiation(FicheSources sources) =>
        sources.Texts.Where(t => !t.IsInForce && t.State != TextStates.Draft).Take(Most);

    private static string TitleOf(Labels labels, TextRow text) =>
        text.Title.Length > 0 ? text.Title : labels[$"instrument.{text.Kind}"];
}
