namespace Entente.Node.Commands.Demo;

/// <summary>An alert raised in Rabat to Madrid and Berlin by one form, which Madrid takes in charge; Berlin has it before it.</summary>
internal static class DemoAlert
{
    private static readonly IReadOnlyList<KeyValuePair<string, string>> Fields =
    [
        new("kind", "alert"),
        new("unit", "liaison"),
        new("subject", "DÉMO – alerte d’exercice : colis fictif en route"),
        new("domain", "drug-trafficking"),
        new("acknowledge", "1h"),
        new("purpose", "Exercice de démonstration : prévenir un trafic inventé."),
        new("text", "Exercice : un colis inventé a quitté ce soir un entrepôt inventé."),
        new("reliability", "B"),
        new("accuracy", "2"),
        new("also", "de.bmi"),
        new("action", "send"),
    ];

    /// <param name="rabat">An officer in Rabat, signed in.</param>
    /// <param name="madrid">An officer in Madrid, signed in.</param>
    public static async Task RaiseAsync(
        BrowserlessClient rabat,
        BrowserlessClient madrid,
        CancellationToken cancellation
    )
    {
        var form = await rabat.GetAsync("/compose?kind=alert&to=liaison@es.interior", cancellation);
        var basis =
            form.Document.QuerySelector("select[name=basis] option:not([value=''])")?.GetAttribute("value") ?? "";
        var raised = await rabat.SubmitAsync(form, "compose", [.. Fields, new("basis", basis)], cancellation);
        var round = raised.Url.AbsolutePath;
        ScenarioBroken.Unless(
            round.StartsWith("/alerts/", StringComparison.Ordinal),
            "the alert was not raised to both",
            raised
        );
        var inbox = await DemoRelations.WaitAsync(madrid, "/inbox", "section a[href^='/cases/']", cancellation);
        var path = inbox.Document.QuerySelector("section a[href^='/cases/']")!.GetAttribute("href")!; // Waited for.
        var open = await madrid.GetAsync(path, cancellation);
        await madrid.SubmitAsync(open, "take", [], cancellation);
        // Who has it shows in the one place where both stand.
        await DemoRelations.WaitAsync(rabat, round, "a[href^='/cases/'] time:not(.countdown)", cancellation);
    }
}
