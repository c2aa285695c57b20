using System.Globalization;
using System.Text.Json;

namespace Entente.Reading.Measuring;

/// <summary>Holds readings against labels: precision, recall and their mean (F1) by field and language, what was missed
/// and wrongly found, and how often each kind of evidence proved right. Not thread safe.</summary>
public sealed class ReadingScore
{
    private const string All = "all";

    /// <summary>The fields in the order of the table; the mean is over these.</summary>
    private static readonly string[] Fields =
    [
        "language",
        "published",
        "encounter.kind",
        "encounter.date",
        "encounter.place",
        "encounter.formats",
        "partners",
        "domains",
        "commitments",
        "participants.name",
        "participants.role",
        "participants.side",
        "bodies",
        "instruments",
        "results",
    ];

    private readonly Dictionary<(string Language, string Field), Tally> _tallies = [];
    private readonly SortedDictionary<string, Tally> _evidence = new(StringComparer.Ordinal);
    private readonly List<ReadingError> _errors = [];

    public int Texts { get; private set; }

    /// <summary>Every value missed or wrongly found.</summary>
    public IReadOnlyList<ReadingError> Errors => _errors;

    /// <param name="label">The JSON beside the text: what a person found in it.</param>
    /// <exception cref="JsonException">The label is no JSON, or not of a reading.</exception>
    public void Add(string file, string label, Reading reading)
    {
        using var json = JsonDocument.Parse(label);
        if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("encounter", out _))
            throw new JsonException($"{file}: a label tells of an encounter");
        Texts++;
        var expected = Facts.OfLabel(json.RootElement).ToLookup(fact => fact.Field, StringComparer.Ordinal);
        var found = Facts.OfReading(reading).ToLookup(fact => fact.Field, StringComparer.Ordinal);
        var language = expected["language"].FirstOrDefault()?.Value ?? reading.Language;
        foreach (var field in Fields.Append("mentioned"))
            if (field is not ("participants.role" or "participants.side"))
                Compare(file, language, field, [.. expected[field]], [.. found[field]]);
    }

    /// <summary>F1 of a field over all texts; 1 where neither labels nor readings have any.</summary>
    public double Of(string field) => _tallies.TryGetValue((All, field), out var tally) ? tally.F1 : 1;

    public double Mean(string language = All)
    {
        var used = Fields.Where(field => _tallies.ContainsKey((language, field))).ToList();
        return used.Count == 0 ? 0 : used.Average(field => _tallies[(language, field)].F1);
    }

    /// <summary>The table as lines of text.</summary>
    public IEnumerable<string> Table()
    {
        var languages = _tallies
            .Keys.Select(key => key.Language)
            .Distinct()
            .Except([All])
            .Order(StringComparer.Ordinal)
            .Prepend(All)
            .ToList();
        yield return $"{"F1", -20}{string.Concat(languages.Select(language => $"{language, 8}"))}    P(all)  R(all)";
        foreach (var field in Fields.Where(field => _tallies.ContainsKey((All, field))))
        {
            var all = _tallies[(All, field)];
            var cells = languages.Select(language =>
                Cell(_tallies.TryGetValue((language, field), out var tally) ? tally.F1 : null)
            );
            yield return $"{field, -20}{string.Concat(cells)}  {Cell(all.Precision)}{Cell(all.Recall)}";
        }
        yield return $"{"mean", -20}{string.Concat(languages.Select(language => Cell(Mean(language))))}";
    }

    /// <summary>The lines of common/precision.list: field, kind of evidence, right, of how many.</summary>
    public IEnumerable<string> Precision() =>
        _evidence.Select(pair =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{pair.Key} | {pair.Value.Right} | {pair.Value.Right + pair.Value.Wrong}"
            )
        );

    private void Compare(string file, string language, string field, List<Fact> expected, List<Fact> found)
    {
        var left = new List<Fact>(found);
        foreach (var fact in expected)
        {
            var hit = left.Find(one => Same(fact, one));
            Count(language, field, hit is null ? Outcome.Missed : Outcome.Right);
            if (hit is null)
            {
                _errors.Add(new ReadingError(file, field, fact.Value, null));
                continue;
            }
            left.Remove(hit);
            Weigh(hit, right: fact.Role == hit.Role && fact.Side == hit.Side);
            if (field == "participants.name")
            {
                Detail(file, language, "participants.role", fact.Role, hit.Role);
                Detail(file, language, "participants.side", fact.Side, hit.Side);
            }
        }
        foreach (var wrong in left)
        {
            Count(language, field, Outcome.Wrong);
            Weigh(wrong, right: false);
            _errors.Add(new ReadingError(file, field, null, wrong.Value));
        }
    }

    // Of people found, whether post and state are right too.
    private void Detail(string file, string language, string field, string? expected, string? found)
    {
        if (expected == found)
        {
            Count(language, field, Outcome.Right);
            return;
        }
        Count(language, field, Outcome.Missed);
        Count(language, field, Outcome.Wrong);
        _errors.Add(new ReadingError(file, field, expected, found));
    }

    private void Weigh(Fact found, bool right)
    {
        if (found.Evidence.Length == 0)
            return;
        var key = $"{found.Field} | {found.Evidence}";
        if (!_evidence.TryGetValue(key, out var tally))
            _evidence[key] = tally = new Tally();
        tally.Add(right ? Outcome.Right : Outcome.Wrong);
    }

    private void Count(string language, string field, Outcome outcome)
    {
        foreach (var key in (ReadOnlySpan<(string, string)>)[(language, field), (All, field)])
        {
            if (!_tallies.TryGetValue(key, out var tally))
                _tallies[key] = tally = new Tally();
            tally.Add(outcome);
        }
    }

    private static bool Same(Fact expected, Fact found) =>
        expected.Field switch
        {
            "participants.name" => SameName.Holds(expected.Value, found.Value)
                || SameName.Holds(expected.Native, found.Native),
            "mentioned" => SameName.Holds(expected.Value, found.Value),
            "bodies" => SameBody(SameName.Fold(expected.Value), SameName.Fold(found.Value)),
            _ => SameName.Fold(expected.Value) == SameName.Fold(found.Value),
        };

    // Of an acronym every letter counts.
    private static bool SameBody(string one, string other) =>
        one == other || (Math.Min(one.Length, other.Length) > 6 && SameName.Holds(one, other));

    private static string Cell(double? figure) =>
        figure is { } f ? f.ToString("0.000", CultureInfo.InvariantCulture).PadLeft(8) : "       -";
}

/// <param name="Expected">Null where the label has no such value.</param>
/// <param name="Found">Null where the reading has no such value.</param>
public sealed record ReadingError(string File, string Field, string? Expected, string? Found);
