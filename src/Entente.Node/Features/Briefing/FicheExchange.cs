using System.Globalization;
using Entente.Node.Features.Record;
using Entente.Node.Profiles;
using Entente.Node.Web;

namespace Entente.Node.Features.Briefing;

/// <summary>The exchange in figures since the last meeting.</summary>
internal static class FicheExchange
{
    public static FicheSection Figures(Labels labels, FicheSources sources)
    {
        var exchange = sources.Exchange;
        var blocks = new List<FicheBlock>
        {
            new FicheNote(labels["briefing.since", Wording.Day(exchange.Since)]),
            new FicheTable(
                ["", labels["briefing.requests"], labels["record.answered"], labels["briefing.in-time"]],
                [Row(labels["record.sent"], exchange.Sent), Row(labels["record.received"], exchange.Received)]
            ),
            new FicheFacts([
                (labels["record.median"], exchange.Median is { } median ? labels.Length(median) : "–"),
                (labels["record.overdue"], FicheRelation.Number(exchange.Overdue)),
            ]),
        };
        if (exchange.Refusals.Count > 0)
        {
            blocks.Add(
                new FicheBars(
                    labels["briefing.refusals"],
                    [.. exchange.Refusals.Select(r => (Ground(r.Ground), (double)r.Count))]
                )
            );
        }

        if (exchange.Months.Any(m => m.Sent + m.Received > 0))
        {
            blocks.Add(
                new FicheBars(
                    labels["briefing.months"],
                    [.. exchange.Months.Select(m => (PartialDate.Show(m.Month), (double)(m.Sent + m.Received)))]
                )
            );
        }

        return new FicheSection(labels["briefing.exchange"], blocks);
    }

    private static IReadOnlyList<string> Row(string label, Way way) =>
        [
            label,
            FicheRelation.Number(way.Requests),
            FicheRelation.Number(way.Answered),
            way.Answered == 0 ? "–" : ((double)way.InTime / way.Answered).ToString("P0", CultureInfo.CurrentCulture),
        ];

    /// <summary>In words where a profile that we carry has them; a partner may name a ground of its own.</summary>
    private static string Ground(string code) =>
        LegalProfiles
            .Shipped.All.SelectMany(profile => profile.RefusalGrounds)
            .FirstOrDefault(ground => ground.Code == code)
            ?.Text(Labels.Language)
        ?? code;
}
