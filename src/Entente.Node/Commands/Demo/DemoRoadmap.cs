using System.Globalization;
using Entente.Node.Features.Record;

namespace Entente.Node.Commands.Demo;

/// <summary>
/// Gives the commitments of the roadmap with Spain dates and targets around today, so that there is something late,
/// something due and something done to look at. The figures are invented.
/// </summary>
internal static class DemoRoadmap
{
    private const string Partner = "ES";
    private const string Desk = "desk";

    public static async Task FillAsync(IServiceProvider node, TimeProvider clock, CancellationToken cancellation)
    {
        var instruments = await node.GetRequiredService<PartnerBook>().InstrumentsAsync(Partner, cancellation);
        var roadmap = instruments.FirstOrDefault(i => i.Type == "roadmap");
        var entries = node.GetRequiredService<RecordEntries>();
        foreach (var (facts, state, note) in Promises(clock.GetUtcNow()))
        {
            var (id, refusal) = await entries.AddCommitmentAsync(Partner, facts, roadmap?.Id, Desk, cancellation);
            if (id is null)
            {
                throw new InvalidOperationException($"A commitment of the demo was refused: {refusal?.Code}");
            }

            if (state is not null)
            {
                await node.GetRequiredService<RecordDesk>()
                    .WriteAsync(Desk, entry => entries.MoveAsync(entry, id, state, note, cancellation), cancellation);
            }
        }
    }

    private static IEnumerable<(CommitmentFacts Facts, string? State, string Note)> Promises(DateTimeOffset now)
    {
        yield return (
            Facts(
                "training",
                "police-training",
                "Former ensemble cinquante agents à l’analyse criminelle.",
                now,
                4,
                50
            ),
            "under-way",
            "Deux sessions tenues (exercice)."
        );
        yield return (
            Facts("joint-patrols", "border-security", "Tenir des patrouilles conjointes chaque trimestre.", now, 1, 4),
            "under-way",
            "Une patrouille tenue (exercice)."
        );
        yield return (
            Facts("information-exchange", "terrorism", "Répondre aux demandes dans le délai.", now, 7, 90),
            null,
            ""
        );
        yield return (
            Facts("joint-committee", "irregular-migration", "Réunir le groupe permanent.", now, -2, 1),
            null,
            ""
        );
        yield return (
            Facts("liaison-officers", "organised-crime", "Désigner des officiers de liaison.", now, -5, null),
            "done",
            "Désignés (exercice)."
        );
    }

    private static CommitmentFacts Facts(
        string type,
        string domain,
        string wording,
        DateTimeOffset now,
        int months,
        int? target
    ) =>
        new()
        {
            Type = type,
            Domain = domain,
            Wording = wording,
            Due = now.AddMonths(months).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Indicator = type switch
            {
                "training" => "people-trained",
                "information-exchange" => "answers-in-time",
                "joint-patrols" or "joint-committee" => "activities",
                _ => "by-hand",
            },
            Target = target,
        };
}
