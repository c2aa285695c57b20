using Entente.Node.Features.Links;
using Entente.Node.Features.Record;
using Entente.Node.Hosting;
using Entente.Node.Web;

namespace Entente.Node.Features.Texts;

/// <summary>A meeting's facts in the words of a text: names of authorities, people by protocol, the date as each language writes it.</summary>
internal sealed class TemplateFacts(NodeOptions own, Link link, LabelBook labels, MeetingView? meeting, string? amended)
    : ITemplateFacts
{
    private const string Gap = "…";

    public bool Has(string phrase) =>
        phrase switch
        {
            "delegations" => meeting?.People.Count > 0,
            "amends" => amended is not null,
            _ => true,
        };

    public string Say(string gap, string language) =>
        gap switch
        {
            "A" => Name(own.Names, own.Country, language),
            "B" => Name(link.Names, link.Country, language),
            "place" => meeting?.Row.Place ?? Gap,
            "date" => meeting?.Row.Date is { } date ? Date(date, language) : Gap,
            "peopleA" => People(own.Country, language),
            "peopleB" => People(link.Country, language),
            "domains" => Domains(language),
            "amended" => amended ?? Gap,
            _ => Gap,
        };

    public static string Date(string date, string language) =>
        PartialDate.TryDay(date, out var day) ? Wording.LongDay(day, language) : date;

    private static string Name(IReadOnlyDictionary<string, string> names, string country, string language) =>
        names.GetValueOrDefault(language) ?? names.GetValueOrDefault("fr") ?? names.Values.FirstOrDefault() ?? country;

    /// <summary>The highest post first, as protocol has it.</summary>
    private string People(string country, string language)
    {
        var order = Codes.Roles.ToList();
        var people = (meeting?.People ?? [])
            .Where(person => person.Country == country)
            .OrderBy(person => order.IndexOf(person.Role))
            .Select(person => $"{person.Name} ({labels.Text($"role.{person.Role}", language)})")
            .ToList();
        return people.Count == 0 ? Gap : string.Join(language == "ar" ? "، " : ", ", people);
    }

    private string Domains(string language)
    {
        var domains = (meeting?.Domains ?? []).Select(domain => labels.Text($"domain.{domain}", language)).ToList();
        return domains.Count == 0 ? Gap : string.Join(language == "ar" ? "، " : ", ", domains);
    }
}
