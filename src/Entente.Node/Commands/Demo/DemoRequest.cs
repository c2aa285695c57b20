namespace Entente.Node.Commands.Demo;

/// <summary>The scenario's request and its answer, as typed into the forms. The case is invented and says so.</summary>
internal static class DemoRequest
{
    /// <param name="basis">The instrument chosen as legal basis.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Fields(string basis) =>
        [
            new("kind", "request"),
            new("unit", "liaison"),
            new("subject", "DÉMO 0001 – véhicule fictif signalé à Tanger-Med"),
            new("domain", "drug-trafficking"),
            new("urgency", "urgent-direct"),
            new("urgency-ground", "relevance"),
            new("urgency-reason", "Exercice : le véhicule fictif embarque ce soir."),
            new("basis", basis),
            new("purpose", "Exercice de démonstration : prévenir un trafic inventé."),
            new("justification", "Exercice : renseignement inventé sur un chargement inventé."),
            new("availability", "Le véhicule fictif est immatriculé en Espagne."),
            new("questions", "Qui est le titulaire inscrit ?\nLe véhicule a-t-il été signalé ?"),
            new("subject.0.type", "vehicle"),
            new("subject.0.name", "0000-DEMO"),
            new("subject-link", "Le véhicule fictif est l’objet de l’exercice."),
            new("rank", "1"),
            new("handling", "H1"),
            new("action", "send"),
        ];

    public static readonly IReadOnlyList<KeyValuePair<string, string>> Answer =
    [
        new("outcome", "provided"),
        new("answer.1", "Titular ficticio: DEMO-TITULAR-01."),
        new("answer.2", "No consta ninguna señalización (ejercicio)."),
        new("transfer-ground", "case"),
        new("transfer-reason", "Exercice : transfert limité aux données fictives du dossier."),
        new("reliability", "A"),
        new("accuracy", "1"),
        new("rank", "1"),
        new("handling", "H2"),
        new("action", "send"),
    ];
}
