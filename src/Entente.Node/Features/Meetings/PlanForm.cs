using System.Globalization;
using Entente.Node.Features.Record;
using Entente.Node.Features.Texts;

namespace Entente.Node.Features.Meetings;

/// <summary>Reads a plan out of a posted form; what the other side wrote stays.</summary>
internal static class PlanForm
{
    private const int Most = 50;

    /// <summary>How many lines the form showed.</summary>
    public static (int People, int Items) Rows(TextForm form) =>
        (Math.Clamp(form.Number("people"), 1, Most), Math.Clamp(form.Number("items"), 1, Most));

    public static MeetingPlan Read(TextForm form, MeetingPlan? before, string self)
    {
        var delegations = (before?.Delegations ?? new Dictionary<string, IReadOnlyList<Envoy>>())
            .Where(side => side.Key != self)
            .ToDictionary(side => side.Key, side => side.Value);
        var rows = Rows(form);
        delegations[self] = [.. Each(rows.People, i => Person(form, i))];
        return new MeetingPlan
        {
            Kind = form["kind"],
            Date = form["date"],
            Time = form["time"],
            Minutes = form.Number("minutes"),
            Place = form["place"],
            Sessions = [.. Codes.Formats.Intersect(form.All("sessions"))],
            Delegations = delegations,
            Agenda = [.. Each(rows.Items, i => Item(form, i))],
        };
    }

    private static IEnumerable<T> Each<T>(int rows, Func<string, T?> read)
        where T : class =>
        Enumerable.Range(0, rows).Select(i => read(i.ToString(CultureInfo.InvariantCulture))).OfType<T>();

    private static Envoy? Person(TextForm form, string i) =>
        form.Optional($"person.{i}") is { } name ? new Envoy(name, form[$"role.{i}"]) : null;

    private static AgendaItem? Item(TextForm form, string i) =>
        form.Optional($"item.{i}") is { } subject
            ? new AgendaItem(
                subject,
                form.Optional($"domain.{i}"),
                form.Optional($"owner.{i}"),
                form.Optional($"papers.{i}")
            )
            : null;
}
