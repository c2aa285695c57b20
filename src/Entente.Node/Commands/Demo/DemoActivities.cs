using System.Globalization;

namespace Entente.Node.Commands.Demo;

/// <summary>
/// What is done together, one activity with each partner that an instrument joins to Morocco; every number in it is invented
/// and says so.
/// </summary>
internal static class DemoActivities
{
    private static readonly IReadOnlyList<KeyValuePair<string, string>> Course =
    [
        new("kind", "training"),
        new("domain", "police-training"),
        new("title", "Cours commun d’analyse criminelle (exercice)"),
        new("place", "Rabat"),
        new("own-unit", "Coopération internationale"),
        new("partner-unit", "Cooperación internacional"),
        new("state", "held"),
        new("trained", "24"),
        new("note", "Chiffres inventés pour la démonstration."),
    ];

    private static readonly IReadOnlyList<KeyValuePair<string, string>> Operation =
    [
        new("kind", "joint-operation"),
        new("domain", "migrant-smuggling"),
        new("title", "Opération conjointe de surveillance (exercice)"),
        new("place", "Algésiras"),
        new("own-unit", "Bureau de liaison"),
        new("partner-unit", "Oficina de enlace"),
        new("state", "held"),
        new("result.0", "network-dismantled"),
        new("number.0", "1"),
        new("unit.0", "networks"),
        new("result.1", "arrests"),
        new("number.1", "7"),
        new("unit.1", "persons"),
        new("note", "Chiffres inventés pour la démonstration."),
    ];

    private static readonly IReadOnlyList<KeyValuePair<string, string>> Exchange =
    [
        new("kind", "experience-exchange"),
        new("domain", "major-events"),
        new("title", "Sécurité des grandes manifestations : échange d’expériences (exercice)"),
        new("place", "Berlin"),
        new("own-unit", "Coopération internationale"),
        new("partner-unit", "Internationale Zusammenarbeit"),
        new("state", "held"),
        new("trained", "12"),
        new("note", "Chiffres inventés pour la démonstration."),
    ];

    private static readonly IReadOnlyList<KeyValuePair<string, string>> Visit =
    [
        new("kind", "expert-mission"),
        new("domain", "cybercrime"),
        new("title", "Mission d’experts : preuve numérique (exercice)"),
        new("place", "Helsinki"),
        new("own-unit", "Coopération internationale"),
        new("partner-unit", "Kansainvälinen yhteistyö"),
        new("state", "planned"),
        new("note", "Mission inventée pour la démonstration."),
    ];

    /// <summary>Madrid counts one person less, so that a disagreement can be seen.</summary>
    public static async Task WithMadridAsync(
        BrowserlessClient rabat,
        BrowserlessClient madrid,
        CancellationToken cancellation
    )
    {
        await OpenAsync(rabat, "es.interior", Operation, 20, "joint-patrols", cancellation);
        var course = await OpenAsync(rabat, "es.interior", Course, 40, "training", cancellation);
        var form = await DemoRelations.WaitAsync(madrid, $"{course}/account", "form#activity", cancellation);
        var answered = await madrid.SubmitAsync(
            form,
            "activity",
            [new("action", "send"), new("trained", "23")],
            cancellation
        );
        ScenarioBroken.Unless(answered.Url.AbsolutePath == course, "Madrid's account was not sent", answered);
        await DemoRelations.WaitAsync(rabat, course, ".alert-warning", cancellation);
    }

    public static Task WithBerlinAsync(BrowserlessClient rabat, CancellationToken cancellation) =>
        OpenAsync(rabat, "de.bmi", Exchange, 3, "expertise", cancellation);

    /// <summary>Nothing is signed with Helsinki in the communiqués: an exercise is entered, for the mission to rest on.</summary>
    public static async Task WithHelsinkiAsync(BrowserlessClient rabat, CancellationToken cancellation)
    {
        var form = await rabat.GetAsync("/record/FI/new-instrument", cancellation);
        await rabat.SubmitAsync(
            form,
            "new-instrument",
            [
                new("title", "Feuille de route d’exercice (démonstration)"),
                new("type", "roadmap"),
                new("status", "adopted"),
                new("date", Day(30)),
            ],
            cancellation
        );
        await OpenAsync(rabat, "fi.sm", Visit, -30, "information", cancellation);
    }

    /// <param name="daysAgo">When it ended; it lasted three days.</param>
    /// <param name="serves">A kind of commitment, or a part of its code; the first of it is served.</param>
    /// <returns>Its path.</returns>
    private static async Task<string> OpenAsync(
        BrowserlessClient rabat,
        string partner,
        IReadOnlyList<KeyValuePair<string, string>> fields,
        int daysAgo,
        string serves,
        CancellationToken cancellation
    )
    {
        var form = await rabat.GetAsync($"/activities/new?partner={partner}", cancellation);
        var commitment = form
            .Document.QuerySelectorAll("input[name=serves]")
            .FirstOrDefault(one => one.GetAttribute("data-type")?.Contains(serves, StringComparison.Ordinal) == true)
            ?.GetAttribute("value");
        var sent = await rabat.SubmitAsync(
            form,
            "activity",
            [
                new("action", "send"),
                .. fields,
                new("begins", Day(daysAgo + 2)),
                new("ends", Day(daysAgo)),
                new("serves", commitment ?? ""),
            ],
            cancellation
        );
        ScenarioBroken.Unless(
            sent.Url.AbsolutePath.StartsWith("/activities/", StringComparison.Ordinal)
                && sent.Url.Query == "?done=sent",
            "the activity was not entered",
            sent
        );
        return sent.Url.AbsolutePath;
    }

    private static string Day(int ago) =>
        TimeProvider.System.GetUtcNow().AddDays(-ago).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
