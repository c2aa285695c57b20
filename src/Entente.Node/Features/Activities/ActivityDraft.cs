using System.Globalization;
using Entente.Node.Features.Record;
using Microsoft.Extensions.Primitives;

namespace Entente.Node.Features.Activities;

/// <summary>An activity as it is typed: it may lack what an account must have.</summary>
/// <param name="ResultRows">Lines for results that the form shows.</param>
public sealed record ActivityDraft(
    string Partner,
    int Rank,
    string? Instrument,
    IReadOnlyList<string> Serves,
    ActivityAccount Account,
    int ResultRows = 2
)
{
    private const int MostRows = 20;

    public static ActivityDraft Read(IFormCollection form, string partner, string self)
    {
        string Of(string name) => form[name].ToString().Trim();
        string? Optional(string name) => Of(name) is { Length: > 0 } text ? text : null;
        var rows = Math.Clamp(Number(form["rows"]) ?? 2, 1, MostRows);
        return new ActivityDraft(
            partner,
            Number(form["rank"]) ?? 0,
            Optional("instrument"),
            [.. form["serves"].OfType<string>().Where(one => one.Length > 0)],
            new ActivityAccount
            {
                Kind = Of("kind"),
                Title = Of("title"),
                Domain = Of("domain"),
                Begins = Of("begins"),
                Ends = Optional("ends"),
                Place = Of("place"),
                Beneficiaries = [.. form["beneficiaries"].OfType<string>().Where(Codes.IsCountry)],
                Participants =
                [
                    .. Enumerable.Range(0, MostRows).Select(i => Participant(form, i)).OfType<ActivityParticipant>(),
                ],
                Units = new Dictionary<string, string> { [self] = Of("own-unit"), [partner] = Of("partner-unit") },
                State = Of("state"),
                Trained = Number(form["trained"]),
                Results = [.. Enumerable.Range(0, rows).Select(i => Result(form, i)).OfType<ActivityResult>()],
                Note = Optional("note")?.ReplaceLineEndings("\n"),
            },
            rows
        );
    }

    private static ActivityParticipant? Participant(IFormCollection form, int i) =>
        form[$"participant.{i}"].ToString() is { Length: > 0 } country && Codes.IsCountry(country)
            ? new ActivityParticipant(
                country,
                form[$"authority.{i}"].ToString().Trim() is { Length: > 0 } authority ? authority : null
            )
            : null;

    private static ActivityResult? Result(IFormCollection form, int i)
    {
        var (type, number, unit) = (form[$"result.{i}"], form[$"number.{i}"], form[$"unit.{i}"]);
        return StringValues.IsNullOrEmpty(type)
            ? null
            : new ActivityResult(
                type.ToString(),
                Codes.TryAmount(number.ToString(), out var amount) ? amount : null,
                StringValues.IsNullOrEmpty(unit) ? null : unit.ToString()
            );
    }

    private static int? Number(StringValues text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
