using Entente.Node.Features.Meetings;
using Entente.Node.Features.Record;
using Entente.Node.Features.Texts;
using Entente.Node.Web;

namespace Entente.Node.Features.Briefing;

/// <summary>The meeting that a briefing is for, as it is planned.</summary>
internal sealed record FicheMeeting(TextView View, MeetingPlan Plan)
{
    public string Country => View.Row.Country;

    /// <summary>What its agenda is about.</summary>
    public IReadOnlyList<string> Domains { get; } =
    [.. Plan.Agenda.Select(item => item.Domain).OfType<string>().Where(Codes.Domains.Contains).Distinct()];

    /// <summary>Points that one side proposes and the other has not agreed.</summary>
    public IReadOnlyList<string> Unsettled =>
        [
            .. View
                .Seen.Clauses.Where(point => !point.Settled)
                .Select(point => point.Current.In(MeetingPlan.Point))
                .Where(words => words.Length > 0),
        ];

    /// <summary>Null where it is no meeting, or none that could be held.</summary>
    public static FicheMeeting? Of(TextView? view) =>
        view is { Row.Kind: TextKinds.Meeting, Seen.Title: { } title }
        && MeetingPlan.Read(title.Current.In(MeetingPlan.Member)) is { } plan
            ? new FicheMeeting(view, plan)
            : null;

    public FicheSection Section(Labels labels)
    {
        var settled = View.Seen.Title?.Settled == true;
        List<(string, string)> facts =
        [
            (labels["record.kind"], labels[$"encounter.{Plan.Kind}"]),
            (labels["record.date"], $"{PartialDate.Show(Plan.Date)} {Plan.Time}".TrimEnd()),
            (labels["record.state"], labels[settled ? "meetings.agreed" : "meetings.proposed"]),
        ];
        if (Plan.Place.Length > 0)
        {
            facts.Add((labels["record.place"], Plan.Place));
        }

        if (Plan.Sessions.Count > 0)
        {
            facts.Add((labels["record.sessions"], Wording.Listed(Plan.Sessions.Select(s => labels[$"format.{s}"]))));
        }

        facts.AddRange(
            Plan.Delegations.Where(side => side.Value.Count > 0)
                .Select(side =>
                    (
                        labels["meetings.delegation", labels.Country(side.Key[..2].ToUpperInvariant())],
                        string.Join(" ; ", side.Value.Select(one => Person(labels, one)))
                    )
                )
        );
        List<FicheBlock> blocks = [new FicheFacts(facts)];
        if (Plan.Agenda.Count > 0)
        {
            blocks.Add(
                new FicheTable(
                    [labels["meetings.agenda"], labels["record.domain"], labels["meetings.owner"]],
                    [.. Plan.Agenda.Select(IReadOnlyList<string> (item) => Item(labels, item))]
                )
            );
        }

        return new FicheSection(labels["briefing.meeting"], blocks);
    }

    private static string Person(Labels labels, Envoy one) =>
        labels.Has($"role.{one.Role}") ? $"{one.Name} – {labels[$"role.{one.Role}"]}" : one.Name;

    private static string[] Item(Labels labels, AgendaItem item) =>
        [
            item.Papers is { } papers ? $"{item.Subject} ({papers})" : item.Subject,
            item.Domain is { } domain && labels.Has($"domain.{domain}") ? labels[$"domain.{domain}"] : "–",
            item.Owner ?? "–",
        ];
}
