using System.Globalization;
using Entente.Node.Hosting;
using Entente.Node.Profiles;
using Entente.Node.Web;

namespace Entente.Node.Features.Transfers;

/// <summary>The record of processing in the reader's words, the same on the page and on paper.</summary>
internal static class ProcessingWords
{
    public static IReadOnlyList<ProcessingPart> Parts(Labels labels, Processing of, NodeOptions node) =>
        [
            new(
                labels["transfers.controller"],
                $"{node.Names.GetValueOrDefault(Labels.Language) ?? node.Names.Values.First()}\n{node.Node} · {labels.Country(node.Country)}",
                [],
                []
            ),
            Counts(labels, "transfers.purposes", of.Purposes, code => TransferWords.Word(labels, "domain.", code)),
            Counts(labels, "transfers.bases", of.Bases, code => code),
            Counts(
                labels,
                "transfers.subjects",
                of.Persons,
                code => TransferWords.Word(labels, "retention.category.", code)
            ),
            Recipients(labels, of, node),
            Erasures(labels, of),
            new(labels["transfers.profiling"], labels["transfers.profiling.text"], [], []),
            new(labels["transfers.security"], labels["transfers.security.text"], [], []),
        ];

    private static ProcessingPart Counts(
        Labels labels,
        string title,
        IReadOnlyList<Counted> counts,
        Func<string, string> word
    ) =>
        counts.Count == 0
            ? new ProcessingPart(labels[title], labels["transfers.nothing"], [], [])
            : new ProcessingPart(
                labels[title],
                null,
                [labels[title], labels["transfers.messages"]],
                [.. counts.Select(count => (IReadOnlyList<string>)[word(count.Code), Number(count.Count)])]
            );

    private static ProcessingPart Recipients(Labels labels, Processing of, NodeOptions node) =>
        new(
            labels["transfers.recipients"],
            of.Recipients.Count == 0 ? labels["transfers.nothing"] : null,
            [
                labels["transfers.recipient"],
                labels["transfers.third"],
                labels["transfers.sent"],
                labels["transfers.received"],
                labels["transfers.ground"],
            ],
            [
                .. of.Recipients.Select(one =>
                    (IReadOnlyList<string>)
                        [
                            $"{one.Link.Names.GetValueOrDefault(Labels.Language) ?? one.Link.Partner}\n{one.Link.Partner} · {labels.Country(one.Link.Country)}",
                            labels[one.ThirdCountry ? "transfers.yes" : "transfers.no"],
                            Number(one.Sent),
                            Number(one.Received),
                            string.Join(
                                '\n',
                                one.Grounds.Select(g =>
                                    $"{TransferWords.GroundText(SenderLaws.For(node.Country), g.Code)}: {Number(g.Count)}"
                                )
                            ),
                        ]
                ),
            ]
        );

    private static ProcessingPart Erasures(Labels labels, Processing of) =>
        new(
            labels["transfers.erasure"],
            of.Profiles.Count == 0 ? labels["transfers.nothing"] : null,
            [
                labels["transfers.profile"],
                labels["retention.category"],
                labels["retention.review"],
                labels["retention.erase"],
            ],
            [.. of.Profiles.SelectMany(profile => profile.Retention.Select(period => Row(labels, profile, period)))]
        );

    private static IReadOnlyList<string> Row(Labels labels, LegalProfile profile, RetentionPeriod period) =>
        [
            profile.Name(Labels.Language),
            period.Text(Labels.Language),
            labels["retention.months.again", period.ReviewMonths, period.AgainMonths],
            labels["retention.months", period.EraseMonths],
        ];

    private static string Number(long number) => number.ToString("N0", CultureInfo.CurrentCulture);
}

internal sealed record ProcessingPart(
    string Title,
    string? Text,
    IReadOnlyList<string> Heads,
    IReadOnlyList<IReadOnlyList<string>> Rows
);
