using Entente.Node.Features.Exchange;
using Entente.Node.Hosting;
using Entente.Node.Profiles;
using Entente.Node.Web;
using Entente.Protocol;

namespace Entente.Node.Features.Transfers;

/// <summary>A transfer file in the reader's words, the same on the page and on paper.</summary>
internal static class TransferWords
{
    public static IReadOnlyList<(string Label, string Text)> Facts(
        Labels labels,
        TransferFile file,
        NodeOptions node,
        LegalProfiles profiles,
        string? basis
    )
    {
        var one = file.Transfer;
        var law = SenderLaws.For(node.Country);
        var third = law is not null && !law.Binds(one.Country);
        List<(string, string)> facts =
        [
            (labels["transfers.message"], $"{Word(labels, "kind.", one.Kind)}\n{Wording.Isolated(one.MessageId)}"),
            (labels["transfers.at"], Moment(one.At)),
            (labels["transfers.delivered"], file.Delivered is { } at ? Moment(at) : labels["transfers.not-yet"]),
            (labels["transfers.by"], $"{one.Actor} · {node.Names.GetValueOrDefault(Labels.Language) ?? node.Node}"),
            (labels["transfers.to"], $"{one.ToUnit}@{one.Partner} · {labels.Country(one.Country)}"),
            (labels["transfers.third"], labels[third ? "transfers.yes" : "transfers.no"]),
            (labels["transfers.basis"], Said(labels, Joined(basis ?? one.Basis, one.Article))),
            (labels["transfers.ground"], Ground(labels, law, one, third)),
            (labels["transfers.domain"], Said(labels, Word(labels, "domain.", one.Domain))),
            (labels["transfers.data"], Said(labels, Words(labels, "transfers.data.", one.DataList))),
            (labels["transfers.persons"], Said(labels, Words(labels, "retention.category.", one.PersonList))),
            (labels["transfers.authorisation"], Authorisation(labels, one)),
            (labels["transfers.onward"], Said(labels, Words(labels, "handling.", one.HandlingList))),
            (labels["transfers.profile"], Said(labels, Profile(labels, profiles, one.Profile))),
        ];
        if (file.Opened is { Message: var message })
        {
            facts.AddRange([
                (labels["transfers.necessity"], Said(labels, message.Purpose)),
                (labels["transfers.justification"], Said(labels, Justification(message))),
                (labels["transfers.conditions"], Said(labels, message.Text(WireMembers.HandlingText))),
            ]);
        }

        return facts;
    }

    public static string Word(Labels labels, string list, string code) =>
        labels.Has(list + code) ? labels[list + code] : code;

    /// <summary>`eu-2023-977/2023-06-11#3 sha256:…` with the profile's name before it, for whoever compares the file.</summary>
    private static string Profile(Labels labels, LegalProfiles profiles, string recorded)
    {
        var parts = recorded.Split('/', '#', ' ');
        return parts.Length > 2 && profiles.Find(parts[0], parts[1]) is { } profile
            ? labels["transfers.profile.words", profile.Name(Labels.Language), Wording.Isolated(parts[1]), parts[2]]
                + $"\n{Wording.Isolated(recorded)}"
            : recorded;
    }

    private static string? Justification(Message message) =>
        message.Transfer?.Reason
        ?? (
            message.Kind == Kinds.Request && message.AsRequest() is { Ok: true } request
                ? request.Value.Justification
                : null
        );

    private static string Ground(Labels labels, SenderLaw? law, Transfer one, bool third) =>
        one.Ground.Length > 0
            ? GroundText(law, one.Ground)
            : labels[third ? "transfers.ground.missing" : "transfers.ground.none"];

    public static string GroundText(SenderLaw? law, string code) =>
        law?.TransferGrounds.FirstOrDefault(ground => ground.Code == code)?.Text(Labels.Language) ?? code;

    private static string Authorisation(Labels labels, Transfer one) =>
        one.OriginList.Count == 0
            ? labels["transfers.authorisation.own"]
            : $"{labels[one.Authorised ? "transfers.authorisation.given" : "transfers.authorisation.missing"]}\n"
                + string.Join('\n', one.OriginList);

    private static string Words(Labels labels, string list, IReadOnlyList<string> codes) =>
        string.Join(labels["retention.and"], codes.Select(code => Word(labels, list, code)));

    private static string Joined(string first, string second) => second.Length == 0 ? first : $"{first}, {second}";

    private static string Said(Labels labels, string? text) =>
        string.IsNullOrWhiteSpace(text) ? labels["transfers.not-stated"] : text;

    private static string Moment(DateTimeOffset at) => Wording.Moment(at, TimeZoneInfo.Utc) + " UTC";
}
