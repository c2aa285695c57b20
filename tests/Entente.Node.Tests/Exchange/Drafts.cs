using Entente.Node.Features.Exchange;
using Entente.Protocol;

namespace Entente.Node.Tests.Exchange;

/// <summary>Drafts about nobody, complete and lawful; a test changes what it is about.</summary>
internal static class Drafts
{
    public static RequestDraft Request(string to = "es.interior") =>
        new()
        {
            To = $"liaison@{to}",
            Subject = "Véhicule ÉQUINOXE de démonstration",
            Domain = "drug-trafficking",
            Purpose = "Enquête sur une infraction inventée",
            Basis = Bureau.AgreementWith(to[..2].ToUpperInvariant()),
            Urgency = "urgent-direct",
            UrgencyGround = "relevance",
            UrgencyReason = "Le véhicule change de port demain",
            Justification = "Faits inventés pour l’essai",
            Availability = "Le véhicule y est immatriculé",
            SubjectLink = "Le véhicule a servi au transport",
            Rank = 1,
            Handling = ["H1"],
            Subjects = [new SubjectDraft(SubjectType.Vehicle, "TEST-0042", "fourgon blanc")],
            Questions = ["À qui appartient-il ?", "Où a-t-il été vu ?"],
            Attachments = [File("note.txt", "text/plain", "essai"u8.ToArray())],
        };

    public static Attachment File(string name, string type, byte[] content) =>
        new(name, type, content.Length, Hash.Of(content)) { Content = content };

    /// <summary>What a sender under the directive says towards a third country.</summary>
    public static Safeguards Transfer { get; } =
        new()
        {
            TransferGround = "case",
            TransferReason = "Enquête inventée, destinataire compétent, données nécessaires",
        };

    public static AnswerDraft Answer(string request) =>
        new()
        {
            Request = request,
            Outcome = Outcome.Provided,
            Answers = new Dictionary<int, string> { [1] = "À une société inventée", [2] = "Au port" },
            Text = "Réponse d’essai",
            Reliability = "B",
            Accuracy = "2",
            Rank = 1,
            Handling = ["H2"],
            Safeguards = Transfer,
        };

    public static RequestDraft Forward(string message, string to) =>
        Request(to) with
        {
            Kind = Kinds.Information,
            Forward = message,
            Text = "Repris de la réponse reçue",
            Reliability = "B",
            Accuracy = "2",
            Attachments = [],
        };

    public static RequestDraft Alert(string to = "es.interior") =>
        Request(to) with
        {
            Kind = Kinds.Alert,
            Subject = "Alerte de démonstration",
            Urgency = "other",
            UrgencyGround = null,
            UrgencyReason = null,
            Questions = [],
            Text = "Un envoi inventé quitte le port ce soir",
            Acknowledge = "1h",
            Reliability = "B",
            Accuracy = "2",
            Attachments = [],
        };
}
