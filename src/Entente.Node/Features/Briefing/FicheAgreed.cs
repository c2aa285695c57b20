using System.Globalization;
using System.Text.Json;
using Entente.Node.Features.Record;
using Entente.Node.Features.Texts;
using Entente.Node.Web;

namespace Entente.Node.Features.Briefing;

/// <summary>What was agreed and where each thing stands.</summary>
internal static class FicheAgreed
{
    private const int MostInstruments = 20;
    private const int LongestWording = 160;
    private const int OpenRows = 6;

    public static FicheSection Instruments(Labels labels, FicheSources sources)
    {
        var rows = sources
            .Instruments.Where(i => i.InForce)
            .Take(MostInstruments)
            .Select(
                IReadOnlyList<string> (i) =>
                    [InstrumentWords.Title(labels, i), labels[$"instrument.{i.Type}"], PartialDate.Show(i.Date)]
            )
            .ToList();
        return new FicheSection(
            labels["briefing.agreed"],
            rows.Count == 0
                ? [new FicheNote(labels["briefing.nothing"])]
                : [new FicheTable([labels["record.instrument"], labels["record.type"], labels["record.date"]], rows)]
        );
    }

    /// <summary>Summed up first; those of the meeting's domains before the others, what is late before what is due.</summary>
    public static FicheSection Commitments(Labels labels, FicheSources sources)
    {
        if (sources.Pending.Count == 0)
        {
            return new FicheSection(labels["briefing.stand"], [new FicheNote(labels["briefing.nothing"])]);
        }

        var rows = sources
            .Pending.OrderByDescending(sources.Concerns)
            .Select(
                IReadOnlyList<string> (c) =>
                    [Said(labels, c), State(labels, sources, c), Measured(labels, sources, c), PartialDate.Show(c.Due)]
            )
            .ToList();
        return new FicheSection(
            labels["briefing.stand"],
            [
                new FicheNote(Sum(labels, sources)),
                new FicheTable(
                    [
                        labels["record.commitment"],
                        labels["record.state"],
                        labels["commitments.indicator"],
                        labels["record.due-date"],
                    ],
                    rows
                )
                {
                    Open = OpenRows,
                    More = labels["briefing.more", rows.Count - OpenRows],
                },
            ]
        );
    }

    private static string Sum(Labels labels, FicheSources sources) =>
        FicheRelation.Line(
            labels,
            [
                .. Record.Commitments.States.Select(state =>
                    (labels[$"record.state.{state}"], sources.States.GetValueOrDefault(state))
                ),
                (labels["commitments.late"], sources.Partner.Late),
                (labels["commitments.disputes"], sources.Standings.Values.Count(standing => standing.Disputed)),
            ]
        );

    /// <summary>In the fiche's language where the commitment was agreed in it.</summary>
    internal static string Said(Labels labels, CommitmentRow row)
    {
        var wording =
            row.Wordings is { } json
            && JsonSerializer.Deserialize<Dictionary<string, string>>(json) is { } wordings // Written by the record itself.
            && wordings.GetValueOrDefault(Labels.Language) is { Length: > 0 } own
                ? own
                : row.Wording;
        var cut = wording.Length > LongestWording ? wording[..LongestWording] + "…" : wording;
        return cut.Length == 0
            ? labels[$"commitment.{row.Type}"]
            : $"{labels[$"commitment.{row.Type}"]} – {Isolated(cut)}";
    }

    // Words of another language must not turn those around them: first-strong isolate, pop isolate.
    internal static string Isolated(string words) => Labels.RightToLeft ? $"\u2068{words}\u2069" : words;

    private static string State(Labels labels, FicheSources sources, CommitmentRow row)
    {
        var state = labels[$"record.state.{row.State}"];
        var disputed = sources.Standings.GetValueOrDefault(row.Id)?.Disputed == true;
        return disputed ? $"{state} ({labels["briefing.disputed"]})"
            : sources.IsLate(row) ? $"{state} ({labels["commitments.late"]})"
            : state;
    }

    private static string Measured(Labels labels, FicheSources sources, CommitmentRow row)
    {
        if (sources.Standings.GetValueOrDefault(row.Id) is not { Value: { } value })
        {
            return "–";
        }

        var indicator = row.Indicator is { } own && Indicators.All.Contains(own) ? own : Indicators.ByHand;
        var reached = value.ToString(CultureInfo.CurrentCulture);
        var of = row.Target is { } target ? $"{reached} / {target.ToString(CultureInfo.CurrentCulture)}" : reached;
        return labels.Pair(labels[$"commitments.indicator.{indicator}"], of);
    }
}
