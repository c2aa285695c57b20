using System.Globalization;
using Entente.Node.Features.Record;
using Entente.Node.Features.Texts;

namespace Entente.Node.Features.Meetings;

/// <summary>Reads a plan out of a posted form; what the other side wrote stays.</summary>
internal static class PlanForm
{
    public const int Rows = 6;

    public static MeetingPlan Read(TextForm form, MeetingPlan? before, string self)
    {
        var delegations = (before?.Delegations ?? new Dictionary<string, IReadOnlyList<Envoy>>())
            .Where(side => side.Key != self)
            .ToDictionary(side => side.Key, side => side.Value);
        delegations[self] = [.. Each(form, i => Person(form, i))];
        return new MeetingPlan
        {
            Kind = form["kind"],
            Date = form["date"],
            Time = form["time"],
            Minutes = form.Number("minutes"),
            Place = form["place"],
            Sessions = [.. Codes.Formats.Intersect(form.All("sessions"))],
            Delegations = delegations,
            Agenda = [.. Each(form, i => Item(form, i))],
        };
    }

    private static IEnumerable<T> Each<T>(TextForm form, Func<string, T?> read)
        where T : class =>
        Enumerable.Range(0, Rows).Select(i => read(i.ToString(CultureInfo.InvariantCulture))).OfType<T>();

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
