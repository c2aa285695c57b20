using System.Globalization;
using Entente.Node.Features.Activities;
using Entente.Node.Web;

namespace Entente.Node.Features.Briefing;

/// <summary>What was done together since the last meeting and what came of it; and the results that texts tell of.</summary>
internal static class FicheDone
{
    private const int Open = 5;

    public static FicheSection Results(Labels labels, FicheSources sources)
    {
        var done = sources.Activities;
        var blocks = new List<FicheBlock>();
        if (done.Latest.Count > 0)
        {
            var sum = FicheRelation.Line(
                labels,
                [(labels["activities.held-since"], done.Held), (labels["activities.trained"], done.Trained)]
            );
            if (sum.Length > 0)
            {
                blocks.Add(new FicheNote(sum));
            }

            blocks.Add(Table(labels, done));
        }

        if (done.Results.Count > 0)
        {
            blocks.Add(
                new FicheBars(
                    labels["activities.results"],
                    [.. done.Results.Select(r => (Name(labels, r), r.Number ?? r.Times))]
                )
            );
        }

        if (sources.Results.Count > 0)
        {
            blocks.Add(
                new FicheBars(
                    labels["briefing.results.texts"],
                    [.. sources.Results.Select(r => (labels[$"result.{r.Type}"], r.Amount ?? r.Times))]
                )
            );
        }

        return new FicheSection(
            labels["briefing.results"],
            blocks.Count == 0 ? [new FicheNote(labels["briefing.nothing"])] : blocks
        );
    }

    private static FicheTable Table(Labels labels, ActivitiesSince done) =>
        new(
            [labels["activities.plan"], labels["record.date"], labels["record.state"], labels["activities.trained"]],
            [
                .. done.Latest.Select(
                    IReadOnlyList<string> (row) =>
                        [
                            $"{labels[$"activities.kind.{row.Kind}"]} – {FicheAgreed.Isolated(row.Title)}",
                            ActivityWords.Days(row.Begins, row.Ends),
                            row.Disputed
                                ? $"{labels[$"activities.state.{row.State}"]} ({labels["briefing.disputed"]})"
                                : labels[$"activities.state.{row.State}"],
                            row.Trained?.ToString("N0", CultureInfo.CurrentCulture) ?? "–",
                        ]
                ),
            ]
        )
        {
            Open = Open,
            More = labels["briefing.more", done.Latest.Count - Open],
        };

    private static string Name(Labels labels, ResultSum result) =>
        result is { Unit: { } unit, Number: not null }
            ? $"{labels[$"result.{result.Type}"]} ({labels[$"activities.unit.{unit}"]})"
            : labels[$"result.{result.Type}"];
}
