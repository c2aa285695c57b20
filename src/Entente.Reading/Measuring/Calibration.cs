using System.Globalization;
using Entente.Reading.Knowledge;

namespace Entente.Reading.Measuring;

/// <summary>Gives each value as its confidence the share of values of its field and kind of evidence that proved right on
/// labelled texts: <c>common/precision.list</c>, written by <c>entente read --calibrate</c>.</summary>
internal static class Calibration
{
    /// <summary>A kind seen seldom is believed no more than its field as a whole: that counts as so many more values.</summary>
    private const double Prior = 5;

    /// <summary>A few hundred labelled texts prove nothing for certain.</summary>
    private const double MostSure = 0.99;

    /// <summary>What no labelled text has shown.</summary>
    private const double Unknown = 0.5;

    private static readonly List<Line> Lines = [.. KnowledgeFile.Lines("common/precision.list").Select(Parse)];

    private static readonly Dictionary<string, double> Fields = Lines
        .GroupBy(line => line.Field, StringComparer.Ordinal)
        .ToDictionary(
            group => group.Key,
            group => (group.Sum(line => line.Right) + Prior * Unknown) / (group.Sum(line => line.Of) + Prior),
            StringComparer.Ordinal
        );

    private static readonly Dictionary<(string, string), double> Kinds = Lines.ToDictionary(
        line => (line.Field, line.Kind),
        line => (line.Right + Prior * Fields[line.Field]) / (line.Of + Prior)
    );

    public static Reading Apply(Reading reading) =>
        reading with
        {
            Published = Sure("published", reading.Published),
            Encounter = reading.Encounter with
            {
                Kind = Sure("encounter.kind", reading.Encounter.Kind)!, // It was not null.
                Date = Sure("encounter.date", reading.Encounter.Date),
                Place = Sure("encounter.place", reading.Encounter.Place),
                Formats = Sure("encounter.formats", reading.Encounter.Formats),
            },
            Partners = Sure("partners", reading.Partners),
            Participants =
            [
                .. reading.Participants.Select(p =>
                    p with
                    {
                        Confidence = Of("participants.name", EvidenceKind.Of(p)),
                    }
                ),
            ],
            Bodies = Sure("bodies", reading.Bodies),
            Domains = Sure("domains", reading.Domains),
            Commitments = Sure("commitments", reading.Commitments),
            Instruments =
            [
                .. reading.Instruments.Select(i => i with { Confidence = Of("instruments", EvidenceKind.Of(i)) }),
            ],
            Results = [.. reading.Results.Select(r => r with { Confidence = Of("results", EvidenceKind.Of(r)) })],
            Mentioned = Sure("mentioned", reading.Mentioned),
        };

    private static List<Found<string>> Sure(string field, IReadOnlyList<Found<string>> values) =>
        [.. values.Select(found => Sure(field, found)!)]; // None of a list is null.

    private static Found<T>? Sure<T>(string field, Found<T>? found) =>
        found is null ? null : found with { Confidence = Of(field, EvidenceKind.Of(found)) };

    private static double Of(string field, string kind) =>
        Math.Min(
            MostSure,
            Math.Round(Kinds.GetValueOrDefault((field, kind), Fields.GetValueOrDefault(field, Unknown)), 2)
        );

    private static Line Parse(string line) =>
        line.Split('|', StringSplitOptions.TrimEntries) is [var field, var kind, var right, var of]
            ? new Line(
                field,
                kind,
                int.Parse(right, CultureInfo.InvariantCulture),
                int.Parse(of, CultureInfo.InvariantCulture)
            )
            : throw new FormatException($"common/precision.list: expected 'field | evidence | right | of' in: {line}");

    private sealed record Line(string Field, string Kind, int Right, int Of);
}
