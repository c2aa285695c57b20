using System.Diagnostics;

namespace Entente.Node.Commands.Demo;

/// <summary>
/// Brings each relation to a stage of its own, through the pages: a declaration of intent signed with Germany, a communiqué
/// under negotiation with Spain and activities held, a second meeting proposed to Finland, an alert to two.
/// </summary>
internal sealed class DemoRelations(DemoState state, Action<string> tell)
{
    private const string Rabat = "ma.interieur";
    private const string Madrid = "es.interior";
    private const string Berlin = "de.bmi";
    private const string Helsinki = "fi.sm";

    /// <summary>How the communiqué begins: what it tells of is invented, and says so.</summary>
    private static readonly IReadOnlyList<KeyValuePair<string, string>> Exercise =
    [
        new("wording.fr", "Exercice : les deux délégations se sont réunies à Rabat."),
        new("wording.ar", "تمرين: اجتمع الوفدان في الرباط."),
        new("wording.es", "Ejercicio: ambas delegaciones se reunieron en Rabat."),
    ];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <exception cref="ScenarioBroken">A step did not hold.</exception>
    public async Task PlayAsync(CancellationToken cancellation)
    {
        using var rabat = await SignInAsync(Rabat, cancellation);
        await PlayAsync(rabat, cancellation);
    }

    /// <param name="rabat">The cooperation desk in Rabat, signed in.</param>
    public async Task PlayAsync(BrowserlessClient rabat, CancellationToken cancellation)
    {
        tell("Agree: a declaration of intent with Berlin, to both signatures");
        using var berlin = await SignInAsync(Berlin, cancellation);
        using var here = await SignInAsync(Rabat, cancellation, "supervisor");
        using (var there = await SignInAsync(Berlin, cancellation, "supervisor"))
        {
            await SignedAsync((rabat, here), (berlin, there), cancellation);
        }

        tell("Warn: an alert from Rabat to Madrid and Berlin at once; Madrid takes it in charge");
        using (var onDuty = await SignInAsync(Madrid, cancellation, "supervisor"))
        {
            await DemoAlert.RaiseAsync(here, onDuty, cancellation);
        }

        tell("Negotiate: a communiqué with Madrid, one clause written on both sides at once");
        using var madrid = await SignInAsync(Madrid, cancellation);
        await NegotiatedAsync(rabat, madrid, cancellation);

        tell("Act: an operation and a course with Madrid, an exchange of experience with Berlin");
        await DemoActivities.WithMadridAsync(rabat, madrid, cancellation);
        await DemoActivities.WithBerlinAsync(rabat, cancellation);

        tell("Plan: a mission of experts to Helsinki");
        await DemoActivities.WithHelsinkiAsync(rabat, cancellation);

        tell("Prepare: a second meeting proposed to Helsinki");
        await ProposedAsync(rabat, cancellation);
    }

    private static async Task SignedAsync(
        (BrowserlessClient Desk, BrowserlessClient Chief) rabat,
        (BrowserlessClient Desk, BrowserlessClient Chief) berlin,
        CancellationToken cancellation
    )
    {
        var text = await OpenAsync(rabat.Desk, Berlin, "declaration-of-intent", ["fr", "ar", "de"], cancellation);
        var received = await WaitAsync(berlin.Desk, text, "form#accept-all", cancellation);
        var accepted = await berlin.Desk.SubmitAsync(received, "accept-all", [], cancellation);
        await berlin.Desk.SubmitAsync(accepted, "send", [], cancellation);
        var ready = await WaitAsync(rabat.Desk, text, $"form[action='{text}/sign']", cancellation);
        await DemoSignatures.GiveAsync(rabat.Desk, ready, rabat.Chief, cancellation);
        var signed = await WaitAsync(berlin.Desk, text, $"form[action='{text}/release']", cancellation);
        await DemoSignatures.GiveAsync(berlin.Desk, signed, berlin.Chief, cancellation);
        await WaitAsync(rabat.Desk, text, "a[href$='/certificate']", cancellation);
    }

    private static async Task NegotiatedAsync(
        BrowserlessClient rabat,
        BrowserlessClient madrid,
        CancellationToken cancellation
    )
    {
        var text = await OpenAsync(rabat, Madrid, "joint-communique", ["fr", "ar", "es"], cancellation, Exercise);
        var received = await WaitAsync(madrid, text, "form#accept-all", cancellation);
        var form = received
            .Document.Forms.Where(f => f.Id?.StartsWith("word-", StringComparison.Ordinal) == true)
            .First(f =>
                f.QuerySelector("textarea[name='wording.fr']")
                    ?.TextContent.StartsWith("Leurs", StringComparison.Ordinal) == true
            )
            .Id!; // Chosen by its id.
        var ours = await rabat.GetAsync(text, cancellation);
        // Drafted before Madrid's wording is here: the two have not seen each other.
        var drafted = await rabat.SubmitAsync(
            ours,
            form,
            [
                new(
                    "wording.fr",
                    "Leurs entretiens ont porté sur la lutte contre le terrorisme et sur la gestion des frontières."
                ),
                new("wording.ar", "وتناولت محادثاتهما مكافحة الإرهاب وتدبير الحدود."),
                new(
                    "wording.es",
                    "Sus conversaciones versaron sobre la lucha contra el terrorismo y la gestión de las fronteras."
                ),
            ],
            cancellation
        );
        var theirs = await madrid.SubmitAsync(
            received,
            form,
            [
                new(
                    "wording.fr",
                    "Leurs entretiens ont porté sur la migration circulaire, la lutte contre le terrorisme et le trafic de drogues."
                ),
                new("wording.ar", "وتناولت محادثاتهما الهجرة الدائرية ومكافحة الإرهاب والاتجار بالمخدرات."),
                new(
                    "wording.es",
                    "Sus conversaciones versaron sobre la migración circular, la lucha contra el terrorismo y el tráfico de drogas."
                ),
            ],
            cancellation
        );
        await madrid.SubmitAsync(theirs, "send", [], cancellation);
        await rabat.SubmitAsync(drafted, "send", [], cancellation);
        await WaitAsync(rabat, text, "section.border-warning", cancellation);
        await WaitAsync(madrid, text, "section.border-warning", cancellation);
    }

    private async Task ProposedAsync(BrowserlessClient rabat, CancellationToken cancellation)
    {
        var form = await rabat.GetAsync("/meetings/new?partner=FI", cancellation);
        var date = TimeProvider.System.GetUtcNow().AddMonths(2);
        var proposed = await rabat.SubmitAsync(
            form,
            "new-meeting",
            [
                new("partner", Helsinki),
                new("date", date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
                new("time", "10:00"),
                new("place", "Helsinki"),
                new("sessions", "plenary"),
                new("item.0", "Suites de la première rencontre"),
                new("domain.0", "terrorism"),
            ],
            cancellation
        );
        var path = proposed.Url.AbsolutePath;
        ScenarioBroken.Unless(
            path.StartsWith("/meetings/", StringComparison.Ordinal) && path != "/meetings/new",
            "the meeting was not proposed",
            proposed
        );
        using var helsinki = await SignInAsync(Helsinki, cancellation);
        await WaitAsync(helsinki, path, "h1", cancellation);
    }

    /// <returns>The text's path.</returns>
    private static async Task<string> OpenAsync(
        BrowserlessClient rabat,
        string partner,
        string kind,
        IReadOnlyList<string> languages,
        CancellationToken cancellation,
        IReadOnlyList<KeyValuePair<string, string>>? beginning = null
    )
    {
        var form = await rabat.GetAsync($"/texts/new?partner={partner}", cancellation);
        var opened = await rabat.SubmitAsync(
            form,
            "new-text",
            [
                new("partner", partner),
                new("kind", kind),
                .. languages.Select(language => KeyValuePair.Create("languages", language)),
            ],
            cancellation
        );
        var path = opened.Url.AbsolutePath;
        ScenarioBroken.Unless(path != "/texts/new", "the text was not opened", opened);
        if (beginning is not null)
        {
            var first = opened.Document.Forms.Where(f => f.Id?.StartsWith("word-", StringComparison.Ordinal) == true);
            // The title's comes before it; each was chosen by its id.
            opened = await rabat.SubmitAsync(opened, first.ElementAt(1).Id!, beginning, cancellation);
        }

        await rabat.SubmitAsync(opened, "send", [], cancellation);
        return path;
    }

    internal static async Task<BrowserlessPage> WaitAsync(
        BrowserlessClient officer,
        string path,
        string selector,
        CancellationToken cancellation
    )
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var page = await officer.GetAsync(path, cancellation);
            if (page.Status == System.Net.HttpStatusCode.OK && page.Document.QuerySelector(selector) is not null)
            {
                return page;
            }

            ScenarioBroken.Unless(Stopwatch.GetElapsedTime(began) < Patience, $"{selector} did not come", page);
            await Task.Delay(50, cancellation);
        }
    }

    private async Task<BrowserlessClient> SignInAsync(
        string node,
        CancellationToken cancellation,
        string login = "desk"
    )
    {
        var account = state.Account(node, login);
        var client = new BrowserlessClient(new Uri(state.Nodes.Single(n => n.Id == node).Pages));
        await client.SignInAsync(account.Login, account.Password, account.TotpSecret, cancellation);
        return client;
    }
}
